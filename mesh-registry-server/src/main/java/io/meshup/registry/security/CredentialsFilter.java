package io.meshup.registry.security;

import java.util.Optional;

import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.problem.ProblemWriter;
import io.meshup.registry.security.access.Role;
import io.meshup.registry.security.rate.OperatorCalls;
import io.meshup.registry.security.rate.RequestRates;
import io.meshup.registry.security.session.ClientAddress;
import reactor.core.publisher.Mono;

import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Lets whoever shows valid credentials go on as who they are, whoever shows nothing as
 * nobody, and refuses the others. Counts the calls of each, participants' excepted: beats
 * come before everything else.
 */
final class CredentialsFilter implements WebFilter {

	private final CredentialReader reader;

	private final RequestRates rates;

	private final OperatorCalls calls;

	CredentialsFilter(CredentialReader reader, RequestRates rates, OperatorCalls calls) {
		this.reader = reader;
		this.rates = rates;
		this.calls = calls;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (SecurityConfiguration.isOpen(request)) {
			return SecurityConfiguration.isSignIn(request)
					? Mono.fromRunnable(() -> this.rates.countAnonymous(ClientAddress.of(request)))
						.then(chain.filter(exchange))
					: chain.filter(exchange);
		}
		return this.reader.read(request)
			.onErrorMap(ApiProblem.class, (refused) -> counted(request, refused))
			.doOnNext(this::count)
			.map(Optional::of)
			.switchIfEmpty(Mono.fromSupplier(() -> nobody(request)))
			.flatMap((found) -> found
				.map((who) -> inTurn(exchange, chain)
					.contextWrite(ReactiveSecurityContextHolder.withAuthentication(who)))
				.orElseGet(() -> chain.filter(exchange)));
	}

	// Only who is known takes a place: a stranger could else keep all of them.
	private Mono<Void> inTurn(ServerWebExchange exchange, WebFilterChain chain) {
		if (!OperatorCalls.isCounted(exchange.getRequest())) {
			return chain.filter(exchange);
		}
		return this.calls.enter() ? chain.filter(exchange).doFinally((end) -> this.calls.leave())
				: ProblemWriter.write(exchange, this.calls.refusal());
	}

	private Optional<Authentication> nobody(ServerHttpRequest request) {
		this.rates.countAnonymous(ClientAddress.of(request));
		return Optional.empty();
	}

	private Throwable counted(ServerHttpRequest request, ApiProblem refused) {
		try {
			this.rates.countAnonymous(ClientAddress.of(request));
			return refused;
		}
		catch (ApiProblem tooMany) {
			return tooMany;
		}
	}

	private void count(Authentication who) {
		boolean participates = who.getAuthorities()
			.stream()
			.anyMatch((authority) -> ("ROLE_" + Role.PARTICIPANT.name()).equals(authority.getAuthority()));
		if (!participates) {
			this.rates.countKnown(who.getName());
		}
	}

}
