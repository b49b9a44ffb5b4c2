package io.meshup.traffic;

import java.util.Set;
import java.util.function.IntPredicate;

import io.meshup.balance.InstancePool;
import io.meshup.balance.Tried;
import io.meshup.balance.health.Member;
import io.meshup.cache.ResponseCache;
import io.meshup.cache.RuleCache;
import io.meshup.limit.Breaker;
import io.meshup.limit.CallLimit;
import io.meshup.model.rule.route.RouteRule;
import io.meshup.route.CompiledRule;
import io.meshup.route.filter.CompiledFilters;
import io.meshup.route.split.Split;
import io.meshup.traffic.request.Lanes;
import io.meshup.traffic.request.RequestView;
import io.meshup.traffic.step.Refusals;
import io.meshup.traffic.step.Step;
import io.meshup.traffic.table.ServiceView;
import io.meshup.traffic.table.VersionTarget;
import org.jspecify.annotations.Nullable;

/**
 * Where the attempts of one call go: the rule it keeps, and what it has tried. Each
 * attempt draws a version, picks an instance that was not tried yet, and asks the
 * version's breaker; what a breaker refuses is left out and drawn again.
 */
final class Selection implements IntPredicate {

	private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

	private final TrafficEngine engine;

	private final ServiceView home;

	private final CompiledRule matched;

	private final Split split;

	private final @Nullable Breaker breaker;

	private final RequestView request;

	private Tried tried = Tried.NONE;

	private @Nullable String lane;

	private boolean anyState;

	private @Nullable Breaker refusing;

	private Breaker.@Nullable Permission permission;

	Selection(TrafficEngine engine, ServiceView home, RequestView request) {
		this.matched = home.compiledRoute().match(request, engine.source());
		this.engine = engine;
		this.home = home;
		this.split = this.matched.split();
		this.breaker = home.ruleBreaker(this.matched);
		this.request = request;
	}

	// The service that was called.
	ServiceView home() {
		return this.home;
	}

	CompiledRule matched() {
		return this.matched;
	}

	Split split() {
		return this.split;
	}

	// The rule that the call keeps.
	RouteRule rule() {
		return this.matched.rule();
	}

	CompiledFilters filters() {
		return this.matched.filters();
	}

	// Where answers are kept, or {@code null} for nowhere.
	@Nullable RuleCache cache() {
		return this.home.ruleCache(this.matched);
	}

	// A request that changed something makes what is kept of its address old (RFC 9111,
	// section 4.4).
	void changed(int status) {
		ResponseCache kept = this.home.state().responses();
		if (kept != null && status < 400 && !SAFE.contains(this.request.method())) {
			kept.changed(CachedCall.target(this.request));
		}
	}

	// How many calls may be under way, or {@code null} for any number.
	@Nullable CallLimit callLimit() {
		return this.home.state().callLimit();
	}

	// Counts the call for the budget that its retries are taken from.
	void begin(long now) {
		this.home.state().budget().onCall(now);
	}

	boolean tryRetry(long now) {
		return this.home.state().budget().tryRetry(this.home.policy().retryBudget(), now);
	}

	// Returns the next attempt, its permissions taken, or {@code null} without one.
	@Nullable Attempt next(int number, long now) {
		this.refusing = null;
		Breaker.Permission own = (this.breaker != null) ? this.breaker.tryAcquire() : null;
		if (this.breaker != null && own == null) {
			this.refusing = this.breaker;
			return null;
		}
		this.permission = own;
		Attempt attempt = search(number, now);
		if (attempt == null && own != null) {
			own.release();
		}
		return attempt;
	}

	private @Nullable Attempt search(int number, long now) {
		this.tried = this.tried.withoutRefused();
		Attempt attempt = untried(number, now);
		if (attempt == null && number > 1) {
			this.tried = this.tried.last();
			attempt = untried(number, now);
		}
		if (attempt == null && number > 1) {
			this.tried = this.tried.withoutInstances();
			attempt = untried(number, now);
		}
		return attempt;
	}

	void failedOn(Attempt attempt) {
		this.tried = this.tried.with(attempt.member());
	}

	// Why the last search found nothing.
	Step.Reply refusal() {
		Breaker open = this.refusing;
		return (open != null) ? Refusals.circuitOpen(this.home.service(), open.rule().fallback())
				: noInstance(this.engine.services().view(this.split.service(0)));
	}

	private Step.Reply noInstance(ServiceView view) {
		return Refusals.noInstance(view.service(), this.split.version(0), view.instances(), view.lanes());
	}

	// Whether the last search met an open breaker that has an answer of its own.
	boolean hasFallback() {
		Breaker open = this.refusing;
		return open != null && open.rule().fallback() != null;
	}

	// Whether an instance is left that this call has not tried.
	boolean hasUntried() {
		for (int i = 0; i < this.split.size(); i++) {
			InstancePool pool = this.split.isDrawn(i) ? pool(i) : null;
			if (pool != null && pool.hasLive(this.tried)) {
				return true;
			}
		}
		return false;
	}

	// Whether an instance is left that this call has not tried and that is not known to
	// refuse connections.
	boolean hasReachable() {
		for (int i = 0; i < this.split.size(); i++) {
			InstancePool pool = this.split.isDrawn(i) ? pool(i) : null;
			if (pool != null && pool.hasReachable(this.tried)) {
				return true;
			}
		}
		return false;
	}

	// Whether a backend can be drawn: a live instance first, any at the second look.
	@Override
	public boolean test(int index) {
		InstancePool pool = pool(index);
		return pool != null && (this.anyState ? pool.hasAny(this.tried) : pool.hasLive(this.tried));
	}

	private @Nullable Attempt untried(int number, long now) {
		this.anyState = false;
		Attempt attempt = drawn(number, now);
		if (attempt == null) {
			this.anyState = true;
			attempt = drawn(number, now);
		}
		return attempt;
	}

	private @Nullable Attempt drawn(int number, long now) {
		int index = this.split.choose(this, this.request, this.engine.random());
		while (index >= 0) {
			ServiceView view = this.engine.services().view(this.split.service(index));
			InstancePool pool = pool(view, index);
			Member member = (pool != null) ? pool.pick(this.tried, view.hash(this.request), now, this.engine.random())
					: null;
			if (member != null) {
				VersionTarget target = view.target(member);
				Breaker asked = target.breaker();
				Breaker.Permission granted = (asked != null) ? asked.tryAcquire() : null;
				if (asked == null || granted != null) {
					Attempt attempt = new Attempt(view, member, Permits.of(granted, this.permission), number, now);
					if (!attempt.isOutdated(this.engine.services().view(view.service()))) {
						return attempt;
					}
					attempt.takeBack(now);
					continue;
				}
				view.state().health().onUnjudged(member.health(), now, now);
				this.tried = this.tried.withRefused(view.service(), target.group());
				this.refusing = asked;
			}
			index = (member != null) ? this.split.choose(this, this.request, this.engine.random()) : -1;
		}
		return null;
	}

	private @Nullable InstancePool pool(int index) {
		return pool(this.engine.services().view(this.split.service(index)), index);
	}

	// In a lane its live instances, of whatever version; else the version that was drawn.
	private @Nullable InstancePool pool(ServiceView view, int index) {
		InstancePool own = view.hasLanes() ? view.lane(lane()) : null;
		return (own != null && own.hasLive(this.tried)) ? own : view.pool(this.split.version(index));
	}

	// The lane of the request, empty for the base.
	String lane() {
		if (this.lane == null) {
			this.lane = Lanes.of(this.request);
		}
		return this.lane;
	}

}
