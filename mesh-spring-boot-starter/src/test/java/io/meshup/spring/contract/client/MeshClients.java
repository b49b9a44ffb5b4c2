package io.meshup.spring.contract.client;

import io.meshup.spring.blocking.MeshBlockingClientAutoConfiguration;
import io.meshup.spring.blocking.MeshHttpInterfaceAutoConfiguration;
import io.meshup.spring.blocking.feign.MeshFeignAutoConfiguration;
import io.meshup.spring.contract.fixture.QuickShutdown;
import io.meshup.spring.reactive.MeshWebClientAutoConfiguration;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.service.HttpServiceClientPropertiesAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestTemplateAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.service.HttpServiceClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.boot.webclient.autoconfigure.service.ReactiveHttpServiceClientAutoConfiguration;
import org.springframework.cloud.openfeign.FeignAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The auto-configurations of all client kinds, without a web server and a registry.
 */
@Configuration(proxyBeanMethods = false)
@Import(QuickShutdown.class)
@ImportAutoConfiguration({ HttpClientAutoConfiguration.class, ImperativeHttpClientAutoConfiguration.class,
		ReactiveHttpClientAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class,
		RestClientAutoConfiguration.class, RestTemplateAutoConfiguration.class, WebClientAutoConfiguration.class,
		HttpServiceClientPropertiesAutoConfiguration.class, HttpServiceClientAutoConfiguration.class,
		ReactiveHttpServiceClientAutoConfiguration.class, FeignAutoConfiguration.class,
		MeshBlockingClientAutoConfiguration.class, MeshHttpInterfaceAutoConfiguration.class,
		MeshFeignAutoConfiguration.class, MeshWebClientAutoConfiguration.class })
public class MeshClients {

}
