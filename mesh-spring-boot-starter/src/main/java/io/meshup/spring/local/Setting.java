package io.meshup.spring.local;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import io.meshup.spring.setting.MeshSettingException;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * A property with those below it: a value, or more settings by name or by number.
 */
final class Setting {

	private final ConfigurationPropertyName name;

	private final Map<String, Setting> children = new LinkedHashMap<>();

	private @Nullable String value;

	Setting(ConfigurationPropertyName name) {
		this.name = name;
	}

	// Puts a value where its name says.
	void put(ConfigurationPropertyName property, String text) {
		int own = this.name.getNumberOfElements();
		if (property.getNumberOfElements() == own) {
			this.value = text;
			return;
		}
		ConfigurationPropertyName next = property.chop(own + 1);
		this.children.computeIfAbsent(next.getElement(own, Form.UNIFORM), (key) -> new Setting(next))
			.put(property, text);
	}

	Collection<Setting> children() {
		return this.children.values();
	}

	@Nullable Setting child(String number) {
		return this.children.get(number);
	}

	// The last part of the name, as it was written.
	String lastName() {
		return this.name.getLastElement(Form.ORIGINAL);
	}

	boolean isNumbered() {
		return this.name.isLastElementIndexed() && lastName().chars().allMatch(Character::isDigit);
	}

	boolean isValue() {
		return this.value != null && this.children.isEmpty();
	}

	String value() {
		return (this.value != null) ? this.value : "";
	}

	boolean is(String field) {
		return uniform(lastName()).equals(uniform(field));
	}

	MeshSettingException wrong(String problem) {
		String shown = isValue() ? value()
				: String.join(", ", this.children.values().stream().map(Setting::lastName).toList());
		return new MeshSettingException(this.name.toString(), shown, problem,
				"Mend it, or remove the setting. The fields are those of the rules: see docs/traffic-rules.md.");
	}

	// Kebab and camel are the same, as everywhere in Spring Boot.
	static String uniform(String text) {
		return text.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
	}

}
