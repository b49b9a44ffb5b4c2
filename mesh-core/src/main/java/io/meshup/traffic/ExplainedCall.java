package io.meshup.traffic;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.meshup.traffic.explain.ExplainMode;
import io.meshup.traffic.explain.Explanation;
import io.meshup.traffic.request.RequestView;
import io.meshup.traffic.request.ResponseHead;
import io.meshup.traffic.step.FailureKind;
import io.meshup.traffic.step.Refusals;
import io.meshup.traffic.step.Step;

/**
 * A call that notes what happens to it and puts that into the headers of its response.
 */
final class ExplainedCall extends OutboundCall {

	private final TrafficEngine engine;

	private final Explanation explanation;

	ExplainedCall(TrafficEngine engine, String service, RequestView request, boolean bypassable) {
		super(engine, service, request, bypassable);
		this.engine = engine;
		this.explanation = new Explanation(engine.services(), engine::now, service);
	}

	@Override
	public Step begin() {
		long since = this.engine.now();
		return noted(super.begin(), since);
	}

	@Override
	public Step resume() {
		long since = this.engine.now();
		return noted(super.resume(), since);
	}

	@Override
	public Step onHead(int status, ResponseHead head) {
		long since = this.engine.now();
		this.explanation.ended(Integer.toString(status), since);
		return noted(super.onHead(status, head), since);
	}

	@Override
	public Step onFailure(Throwable ex, FailureKind kind) {
		long since = this.engine.now();
		this.explanation.ended(kind.name().toLowerCase(Locale.ROOT), since);
		return noted(super.onFailure(ex, kind), since);
	}

	@Override
	public String explanation() {
		return this.explanation.text();
	}

	private Step noted(Step step, long since) {
		Selection chosen = selection();
		if (chosen != null) {
			this.explanation.choice(chosen.home(), chosen.matched(), chosen.lane(), step);
		}
		this.explanation.spent(this.engine.now() - since);
		if (step instanceof Step.Deliver deliver) {
			return new Step.Deliver(deliver.changes().withOwn(ExplainMode.HEADER, explanation()), deliver.capture());
		}
		return (step instanceof Step.Reply reply) ? answered(reply) : step;
	}

	private Step answered(Step.Reply reply) {
		this.explanation.refused(Refusals.reason(reply));
		Map<String, String> headers = new TreeMap<>(reply.headers());
		headers.put(ExplainMode.HEADER, explanation());
		return new Step.Reply(reply.status(), headers, reply.body());
	}

}
