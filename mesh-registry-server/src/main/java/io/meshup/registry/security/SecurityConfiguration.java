package io.meshup.registry.security;

import java.time.Clock;
import java.util.Set;

import io.meshup.registry.door.Kinship;
import io.meshup.registry.door.ParticipantCall;
import io.meshup.registry.limit.RegistryLimits;
import io.meshup.registry.problem.ApiProblem;
import io.meshup.registry.problem.ProblemWriter;
import io.meshup.registry.security.access.AccessTable;
import io.meshup.registry.security.credential.CredentialFiles;
import io.meshup.registry.security.credential.JoinToken;
import io.meshup.registry.security.password.Passwords;
import io.meshup.registry.security.rate.OperatorCalls;
import io.meshup.registry.security.rate.RateSettings;
import io.meshup.registry.security.rate.RequestRates;
import io.meshup.registry.security.session.Sessions;
import io.meshup.registry.security.session.SignIns;
import io.meshup.registry.security.token.ApiTokens;
import io.meshup.registry.store.MeshStore;
import io.meshup.registry.store.ledger.DataDirectory;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.header.ReferrerPolicyServerHttpHeadersWriter.ReferrerPolicy;

/**
 * The doors: what is open and who is let in; who may what is in the table.
 */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
@EnableConfigurationProperties({ SecuritySettings.class, RateSettings.class })
public class SecurityConfiguration {

	private static final Set<String> GUARDED = Set.of("api", "v3", "actuator");

	private static final String CONTENT_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
			+ "img-src 'self' data:; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; "
			+ "frame-ancestors 'none'";

	@Bean
	Accounts accounts(SecuritySettings settings, DataDirectory directory) {
		return Accounts.of(settings, directory.path());
	}

	@Bean
	Passwords passwords(Accounts accounts, RateSettings rates) {
		return new Passwords(accounts.passwords(), rates, System::nanoTime);
	}

	@Bean
	SignIns signIns(Passwords passwords, Accounts accounts, MeshStore store) {
		return new SignIns(passwords, accounts.roles(), store.audit(), System::nanoTime);
	}

	@Bean
	ApiTokens apiTokens(MeshStore store, RegistryLimits limits) {
		return new ApiTokens(store, limits, Clock.systemUTC());
	}

	@Bean
	CredentialReader credentialReader(JoinToken joinToken, ApiTokens apiTokens, SignIns signIns, Sessions sessions) {
		return new CredentialReader(joinToken, apiTokens, signIns, sessions);
	}

	@Bean
	JoinToken joinToken(SecuritySettings settings, DataDirectory directory) {
		return new JoinToken(new CredentialFiles(directory.path()).find("join-token", settings.joinToken(),
				settings.joinTokenFile()));
	}

	@Bean
	ParticipantDoor participantDoor(JoinToken joinToken, Kinship kinship, ObjectProvider<ParticipantCall> calls) {
		return new ParticipantDoor(joinToken, kinship, calls.orderedStream().toList());
	}

	@Bean
	@ConditionalOnProperty(name = "mesh.registry.store", havingValue = "redis")
	Sessions sharedSessions(MeshStore store, RegistryLimits limits) {
		return Sessions.shared(limits.sessions(), System::nanoTime, store, Clock.systemUTC());
	}

	@Bean
	@ConditionalOnProperty(name = "mesh.registry.store", havingValue = "embedded", matchIfMissing = true)
	Sessions sessions(RegistryLimits limits) {
		return new Sessions(limits.sessions(), System::nanoTime);
	}

	@Bean
	BindWarning bindWarning(ServerProperties server) {
		return new BindWarning(server);
	}

	/**
	 * What each filter took, nobody asks; each call's own observation stays.
	 * @return no observations
	 */
	@Bean
	SecurityObservationSettings securityObservations() {
		return SecurityObservationSettings.noObservations();
	}

	@Bean
	OperatorCalls operatorCalls(RegistryLimits limits) {
		return new OperatorCalls(limits.operatorCalls());
	}

	@Bean
	OperatorDoor operatorDoor(OperatorCalls calls) {
		return new OperatorDoor(calls);
	}

	@Bean
	SecurityWebFilterChain doors(ServerHttpSecurity http, CredentialReader reader, RateSettings rates,
			OperatorCalls calls) {
		return http.csrf(ServerHttpSecurity.CsrfSpec::disable)
			.formLogin(ServerHttpSecurity.FormLoginSpec::disable)
			.httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
			.logout(ServerHttpSecurity.LogoutSpec::disable)
			.requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
			.securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
			.addFilterAt(new CredentialsFilter(reader, new RequestRates(rates, System::nanoTime), calls),
					SecurityWebFiltersOrder.AUTHENTICATION)
			.authorizeExchange((paths) -> paths.anyExchange().access(AccessTable.guard()))
			.exceptionHandling((errors) -> errors
				.authenticationEntryPoint((exchange, error) -> ProblemWriter.write(exchange,
						unauthorized("This call needs credentials, and none were sent.")))
				.accessDeniedHandler((exchange, error) -> ProblemWriter.write(exchange, forbidden())))
			.headers((headers) -> headers.contentSecurityPolicy((policy) -> policy.policyDirectives(CONTENT_POLICY))
				.referrerPolicy((policy) -> policy.policy(ReferrerPolicy.NO_REFERRER)))
			.build();
	}

	/**
	 * What needs no credentials: the dashboard's files, signing in and the health.
	 * @param request any request
	 * @return whether it is open
	 */
	static boolean isOpen(ServerHttpRequest request) {
		String path = request.getPath().pathWithinApplication().value();
		if (path.equals("/actuator/health")) {
			return true;
		}
		if (isSignIn(request)) {
			return true;
		}
		int end = path.indexOf('/', 1);
		String first = path.substring(Math.min(1, path.length()), (end > 0) ? end : path.length());
		boolean isRead = request.getMethod().equals(HttpMethod.GET) || request.getMethod().equals(HttpMethod.HEAD);
		return isRead && !GUARDED.contains(first);
	}

	static boolean isSignIn(ServerHttpRequest request) {
		return request.getPath().pathWithinApplication().value().equals("/api/v1/session")
				&& request.getMethod().equals(HttpMethod.POST);
	}

	static ApiProblem unauthorized(String what) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"mesh\"");
		return ApiProblem.of(HttpStatus.UNAUTHORIZED, what
				+ " Participants send the join token as Bearer; operators sign in, or send an API token as Bearer or user and password.")
			.withHeaders(headers);
	}

	private static ApiProblem forbidden() {
		return ApiProblem.of(HttpStatus.FORBIDDEN,
				"These credentials do not allow this call. The join token may only register, leave and watch; a viewer "
						+ "may read, an operator may also write rules and drain, an admin may everything.");
	}

}
