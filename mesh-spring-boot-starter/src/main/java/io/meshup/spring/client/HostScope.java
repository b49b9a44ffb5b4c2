package io.meshup.spring.client;

import io.meshup.traffic.OutboundCall;
import io.meshup.traffic.TrafficEngine;
import io.meshup.traffic.request.RequestView;

/**
 * Which hosts a client means as services.
 */
public enum HostScope {

	/**
	 * Those that the mesh knows; others pass through untouched.
	 */
	KNOWN {

		@Override
		public boolean mayCover(TrafficEngine engine, String host) {
			return engine.mayBeService(host);
		}

		@Override
		public OutboundCall open(TrafficEngine engine, String host, RequestView request) {
			return engine.openIfKnown(host, request);
		}

	},

	/**
	 * All: the client is load-balanced.
	 */
	ANY {

		@Override
		public boolean mayCover(TrafficEngine engine, String host) {
			return true;
		}

		@Override
		public OutboundCall open(TrafficEngine engine, String host, RequestView request) {
			return engine.open(host, request);
		}

	};

	/**
	 * A quick test before anything is made for the call.
	 * @param engine the engine
	 * @param host the host of the request
	 * @return {@code false} where the request passes through untouched for sure
	 */
	public abstract boolean mayCover(TrafficEngine engine, String host);

	/**
	 * Opens a call.
	 * @param engine the engine
	 * @param host the host of the request
	 * @param request the request
	 * @return the call
	 */
	public abstract OutboundCall open(TrafficEngine engine, String host, RequestView request);

}
