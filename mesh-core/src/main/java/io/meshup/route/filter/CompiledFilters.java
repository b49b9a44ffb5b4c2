package io.meshup.route.filter;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

import io.meshup.model.rule.filter.CachePolicy;
import io.meshup.model.rule.filter.Fault;
import io.meshup.model.rule.filter.HeaderModifier;
import io.meshup.model.rule.filter.RequestMirror;
import io.meshup.model.rule.filter.RequestRedirect;
import io.meshup.model.rule.filter.RouteFilter;
import io.meshup.model.rule.filter.UrlRewrite;
import io.meshup.model.rule.route.RouteRule;
import org.jspecify.annotations.Nullable;

/**
 * The filters of one rule, each where it is asked for. Immutable.
 */
public final class CompiledFilters {

	// What most rules have: putting thousands of them in force must be quick.
	private static final CompiledFilters NONE = new CompiledFilters(RouteRule.plain());

	private final HeaderChanges request;

	private final HeaderChanges response;

	private final PathRewrite rewrite;

	private final @Nullable Redirect redirect;

	private final List<RequestMirror> mirrors;

	private final @Nullable Fault fault;

	private final @Nullable CachePolicy cache;

	private CompiledFilters(RouteRule rule) {
		List<RouteFilter> filters = rule.filters();
		this.request = changes(only("requestHeaderModifier", filters, RouteFilter::requestHeaderModifier));
		this.response = changes(only("responseHeaderModifier", filters, RouteFilter::responseHeaderModifier));
		UrlRewrite url = only("urlRewrite", filters, RouteFilter::urlRewrite);
		this.rewrite = PathRewrite.of((url != null) ? url.path() : null, rule.matches());
		RequestRedirect elsewhere = only("requestRedirect", filters, RouteFilter::requestRedirect);
		this.redirect = (elsewhere != null) ? new Redirect(elsewhere, PathRewrite.of(elsewhere.path(), rule.matches()))
				: null;
		this.mirrors = filters.stream().map(RouteFilter::requestMirror).filter(Objects::nonNull).toList();
		this.fault = only("fault", filters, RouteFilter::fault);
		this.cache = only("cache", filters, RouteFilter::cache);
	}

	public static CompiledFilters of(RouteRule rule) {
		return rule.filters().isEmpty() ? NONE : new CompiledFilters(rule);
	}

	/**
	 * What is changed about the request's headers.
	 * @return the changes, maybe none
	 */
	public HeaderChanges requestHeaders() {
		return this.request;
	}

	/**
	 * What is changed about the response's headers.
	 * @return the changes, maybe none
	 */
	public HeaderChanges responseHeaders() {
		return this.response;
	}

	/**
	 * The path that a request is sent with.
	 * @param path the raw path it was made for
	 * @return the raw path to send; the same object where no filter changes it
	 */
	public String path(String path) {
		return this.rewrite.apply(path);
	}

	/**
	 * The address that answers a request instead of sending it.
	 * @return the redirect, or {@code null}
	 */
	public @Nullable Redirect redirect() {
		return this.redirect;
	}

	/**
	 * Where copies go.
	 * @return the mirrors, mostly none
	 */
	public List<RequestMirror> mirrors() {
		return this.mirrors;
	}

	/**
	 * Trouble on purpose.
	 * @return the fault, or {@code null}
	 */
	public @Nullable Fault fault() {
		return this.fault;
	}

	/**
	 * How answers are kept.
	 * @return the policy, or {@code null} for not at all
	 */
	public @Nullable CachePolicy cache() {
		return this.cache;
	}

	private static HeaderChanges changes(@Nullable HeaderModifier modifier) {
		return HeaderChanges.of((modifier != null) ? modifier : HeaderModifier.NONE);
	}

	private static <T> @Nullable T only(String kind, List<RouteFilter> filters,
			Function<RouteFilter, @Nullable T> component) {
		List<T> found = filters.stream().map(component).filter(Objects::nonNull).toList();
		if (found.size() > 1) {
			throw new IllegalArgumentException(
					"a rule must have at most one '" + kind + "' among its 'filters' but has " + found.size());
		}
		return found.isEmpty() ? null : found.get(0);
	}

}
