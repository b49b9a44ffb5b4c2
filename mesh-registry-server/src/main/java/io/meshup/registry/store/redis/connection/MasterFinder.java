package io.meshup.registry.store.redis.connection;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;

/**
 * Opens connections to the master that has the registry's keys, looked up each time.
 */
public interface MasterFinder {

	StatefulRedisConnection<String, byte[]> connect();

	StatefulRedisPubSubConnection<String, byte[]> listen();

	/**
	 * Finds masters with Spring Data's client.
	 * @param client for one Redis, for Sentinel or for a cluster
	 * @param keys the registry's keys, which have one slot
	 * @param plain makes the client for one node of a cluster
	 * @return the finder
	 */
	static MasterFinder of(AbstractRedisClient client, RedisKeys keys, PlainClient plain) {
		return (client instanceof RedisClusterClient cluster) ? new OfCluster(cluster, keys, plain)
				: new OfServer((RedisClient) client);
	}

	/**
	 * Connects to a given node of a cluster.
	 */
	interface PlainClient {

		/**
		 * The client to connect with.
		 * @return always the same one
		 */
		RedisClient client();

		/**
		 * Adds credentials and TLS.
		 * @param node the node as the cluster names it
		 * @return its address
		 */
		RedisURI address(RedisURI node);

	}

	/**
	 * One server, or whichever Sentinel names: Lettuce asks it at each connection.
	 *
	 * @param client the client
	 */
	record OfServer(RedisClient client) implements MasterFinder {

		@Override
		public StatefulRedisConnection<String, byte[]> connect() {
			return this.client.connect(RedisServer.CODEC);
		}

		@Override
		public StatefulRedisPubSubConnection<String, byte[]> listen() {
			return this.client.connectPubSub(RedisServer.CODEC);
		}

	}

	/**
	 * The node of a cluster that has the registry's slot.
	 *
	 * @param cluster knows the nodes
	 * @param keys the registry's keys
	 * @param plain connects to one node
	 */
	record OfCluster(RedisClusterClient cluster, RedisKeys keys, PlainClient plain) implements MasterFinder {

		@Override
		public StatefulRedisConnection<String, byte[]> connect() {
			return this.plain.client().connect(RedisServer.CODEC, master());
		}

		@Override
		public StatefulRedisPubSubConnection<String, byte[]> listen() {
			return this.plain.client().connectPubSub(RedisServer.CODEC, master());
		}

		private RedisURI master() {
			this.cluster.refreshPartitions();
			RedisClusterNode node = this.cluster.getPartitions()
				.getMasterBySlot(SlotHash.getSlot(this.keys.registry()));
			if (node == null) {
				throw new RedisException("No node of the cluster has the slot of '" + this.keys.registry() + "'");
			}
			return this.plain.address(node.getUri());
		}

	}

}
