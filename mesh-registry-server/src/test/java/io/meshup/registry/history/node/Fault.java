package io.meshup.registry.history.node;

/**
 * What happens to a node for a while.
 */
public enum Fault {

	/**
	 * Its connections to Redis break and no new one is taken.
	 */
	CUT {

		@Override
		void begin(RegistryNode node) {
			node.way().refuse();
		}

	},

	/**
	 * Its way to Redis swallows everything, as a firewall does.
	 */
	SILENCE {

		@Override
		void begin(RegistryNode node) {
			node.way().fallSilent();
		}

	},

	/**
	 * What it asks arrives, what Redis answers does not.
	 */
	LOST_ANSWERS {

		@Override
		void begin(RegistryNode node) {
			node.way().loseAnswers();
		}

	},

	/**
	 * Its way to Redis is slow.
	 */
	SLOWNESS {

		@Override
		void begin(RegistryNode node) {
			node.way().delay(60);
		}

	},

	/**
	 * It dies and is started again.
	 */
	DEATH {

		@Override
		void begin(RegistryNode node) {
			node.kill();
		}

		@Override
		void end(RegistryNode node) {
			node.start();
		}

	},

	/**
	 * It stands still.
	 */
	PAUSE {

		@Override
		void begin(RegistryNode node) {
			node.freeze(true);
		}

		@Override
		void end(RegistryNode node) {
			node.freeze(false);
		}

	};

	abstract void begin(RegistryNode node);

	void end(RegistryNode node) {
		node.way().delay(0);
		node.way().speakAgain();
	}

}
