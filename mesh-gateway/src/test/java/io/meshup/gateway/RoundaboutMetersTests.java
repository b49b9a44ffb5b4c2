package io.meshup.gateway;

/**
 * The same through all of Spring Cloud Gateway.
 */
@Roundabout
class RoundaboutMetersTests extends GatewayMetersTests {

}
