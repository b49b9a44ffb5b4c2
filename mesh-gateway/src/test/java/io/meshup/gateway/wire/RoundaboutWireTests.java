package io.meshup.gateway.wire;

import io.meshup.gateway.fixture.Settings;

/**
 * The same through all of Spring Cloud Gateway.
 */
@Settings({ "mesh.gateway.straight-way=false", "access-log=true", "spring.webflux.base-path=/edge" })
class RoundaboutWireTests extends GatewayWireTests {

}
