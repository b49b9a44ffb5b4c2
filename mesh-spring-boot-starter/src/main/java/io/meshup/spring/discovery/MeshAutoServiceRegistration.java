package io.meshup.spring.discovery;

import java.util.concurrent.atomic.AtomicBoolean;

import io.meshup.control.link.RegistryListener;
import io.meshup.control.link.RegistryState;

import org.springframework.cloud.client.discovery.event.InstanceRegisteredEvent;
import org.springframework.cloud.client.serviceregistry.AutoServiceRegistration;
import org.springframework.cloud.client.serviceregistry.Registration;
import org.springframework.context.ApplicationEventPublisher;

/**
 * Tells Spring Cloud that this application joins by itself, and once when it has joined.
 */
final class MeshAutoServiceRegistration implements AutoServiceRegistration, RegistryListener {

	private final Registration registration;

	private final ApplicationEventPublisher publisher;

	private final AtomicBoolean told = new AtomicBoolean();

	MeshAutoServiceRegistration(Registration registration, ApplicationEventPublisher publisher) {
		this.registration = registration;
		this.publisher = publisher;
	}

	@Override
	public void onJoined(RegistryState state) {
		if (this.told.compareAndSet(false, true)) {
			this.publisher.publishEvent(new InstanceRegisteredEvent<>(this, this.registration));
		}
	}

}
