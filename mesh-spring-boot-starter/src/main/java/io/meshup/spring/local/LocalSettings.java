package io.meshup.spring.local;

import java.util.HashMap;
import java.util.Map;

import io.meshup.spring.ServiceTableCustomizer;
import io.meshup.traffic.table.ServiceTable;

import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * Gives the table what {@code mesh.traffic.services.*} says. A list is taken whole from
 * the first source that has it, as Spring Boot does.
 */
final class LocalSettings implements ServiceTableCustomizer {

	private static final ConfigurationPropertyName SERVICES = ConfigurationPropertyName.of("mesh.traffic.services");

	private final Environment environment;

	LocalSettings(Environment environment) {
		this.environment = environment;
	}

	@Override
	public void customize(ServiceTable.Builder table) {
		Setting services = settings();
		if (!services.children().isEmpty()) {
			new LocalRules().read(services).forEach(table::defaults);
		}
	}

	private Setting settings() {
		Setting services = new Setting(SERVICES);
		Binder binder = Binder.get(this.environment);
		Map<ConfigurationPropertyName, ConfigurationPropertySource> lists = new HashMap<>();
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source instanceof IterableConfigurationPropertySource names) {
				names.stream()
					.filter(SERVICES::isAncestorOf)
					.filter((name) -> isFirst(name, source, lists))
					.forEach((name) -> services.put(name, binder.bind(name, Bindable.of(String.class)).orElse("")));
			}
		}
		return services;
	}

	// Whether no source before has any of the lists that a property belongs to.
	private static boolean isFirst(ConfigurationPropertyName name, ConfigurationPropertySource source,
			Map<ConfigurationPropertyName, ConfigurationPropertySource> lists) {
		for (int i = SERVICES.getNumberOfElements(); i < name.getNumberOfElements(); i++) {
			ConfigurationPropertyName list = name.chop(i);
			if (name.isNumericIndex(i) && lists.computeIfAbsent(list, (key) -> source) != source) {
				return false;
			}
		}
		return true;
	}

}
