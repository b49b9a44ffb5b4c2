package io.meshup.registry.store.rule;

import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * Rules in the order of their keys. A change makes a new tree that shares all but a few
 * nodes with the one before, so that a write costs as much with ten rules as with ten
 * thousand. It is a treap: each node's rank is a hash of its key, and no node ranks above
 * its parent, which keeps it shallow in whatever order keys come. Immutable.
 */
final class RuleTree {

	static final RuleTree EMPTY = new RuleTree(null);

	private final @Nullable Node root;

	private RuleTree(@Nullable Node root) {
		this.root = root;
	}

	@Nullable StoredRule find(String key) {
		Node node = this.root;
		while (node != null) {
			int order = key.compareTo(node.key);
			if (order == 0) {
				return node.rule;
			}
			node = (order < 0) ? node.left : node.right;
		}
		return null;
	}

	RuleTree with(String key, StoredRule rule) {
		return new RuleTree(put(this.root, key, rule));
	}

	RuleTree without(String key) {
		return (find(key) != null) ? new RuleTree(remove(this.root, key)) : this;
	}

	/**
	 * Goes over the rules whose key begins with a text.
	 * @param prefix the text, empty for all rules
	 * @param rules takes them in the order of their keys
	 */
	void each(String prefix, Consumer<StoredRule> rules) {
		each(this.root, prefix, rules);
	}

	int depth() {
		return depth(this.root);
	}

	private static int depth(@Nullable Node node) {
		return (node != null) ? 1 + Math.max(depth(node.left), depth(node.right)) : 0;
	}

	private static void each(@Nullable Node node, String prefix, Consumer<StoredRule> rules) {
		if (node == null) {
			return;
		}
		boolean isIn = node.key.startsWith(prefix);
		boolean isBehind = !isIn && node.key.compareTo(prefix) > 0;
		if (isIn || isBehind) {
			each(node.left, prefix, rules);
		}
		if (isIn) {
			rules.accept(node.rule);
		}
		if (!isBehind) {
			each(node.right, prefix, rules);
		}
	}

	private static Node put(@Nullable Node node, String key, StoredRule rule) {
		if (node == null) {
			return new Node(key, rule, null, null);
		}
		int order = key.compareTo(node.key);
		if (order == 0) {
			return new Node(key, rule, node.left, node.right);
		}
		if (order < 0) {
			Node left = put(node.left, key, rule);
			return left.isAbove(node) ? left.over(left.left, node.over(left.right, node.right))
					: node.over(left, node.right);
		}
		Node right = put(node.right, key, rule);
		return right.isAbove(node) ? right.over(node.over(node.left, right.left), right.right)
				: node.over(node.left, right);
	}

	private static @Nullable Node remove(@Nullable Node node, String key) {
		if (node == null) {
			return null;
		}
		int order = key.compareTo(node.key);
		if (order == 0) {
			return join(node.left, node.right);
		}
		return (order < 0) ? node.over(remove(node.left, key), node.right)
				: node.over(node.left, remove(node.right, key));
	}

	private static @Nullable Node join(@Nullable Node left, @Nullable Node right) {
		if (left == null || right == null) {
			return (left != null) ? left : right;
		}
		return left.isAbove(right) ? left.over(left.left, join(left.right, right))
				: right.over(join(left, right.left), right.right);
	}

	/**
	 * A rule and what lies on either side of it.
	 *
	 * @param key where it belongs
	 * @param rule the rule
	 * @param left the smaller keys
	 * @param right the larger keys
	 */
	private record Node(String key, StoredRule rule, @Nullable Node left, @Nullable Node right) {

		Node over(@Nullable Node smaller, @Nullable Node larger) {
			return new Node(this.key, this.rule, smaller, larger);
		}

		boolean isAbove(Node other) {
			return rank() > other.rank();
		}

		// The text's own hash grows with the text where names are counted up.
		private int rank() {
			int hash = this.key.hashCode() * 0x9E3779B9;
			return (hash ^ (hash >>> 15)) * 0x85EBCA6B;
		}

	}

}
