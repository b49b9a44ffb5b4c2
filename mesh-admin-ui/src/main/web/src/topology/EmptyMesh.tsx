import { Code } from '../ui/Code';
import { Empty } from '../ui/Empty';

const DEPENDENCY = `<dependency>
  <groupId>io.meshup</groupId>
  <artifactId>mesh-spring-boot-starter</artifactId>
</dependency>`;

/** No service yet: exactly what an application needs to join. */
export function EmptyMesh() {
  return (
    <Empty title="No service has joined yet" icon="graph" testId="empty">
      <p>A Spring Boot application joins with one dependency and the address of this registry. It appears here within a second.</p>
      <div class="join">
        <div>
          <h3>pom.xml</h3>
          <Code text={DEPENDENCY} label="Dependency for pom.xml" />
        </div>
        <div>
          <h3>application.yml</h3>
          <Code text={yaml()} label="Lines for application.yml" />
        </div>
      </div>
      <p class="muted">
        On this machine and under this user the join token is found by itself. Elsewhere set <code>MESH_TOKEN</code>: it is in the file <code>join-token</code> in the registry's data
        directory.
      </p>
    </Empty>
  );
}

function yaml(): string {
  return `spring:
  application:
    name: orders
mesh:
  registry:
    urls: ${location.origin}
    token: \${MESH_TOKEN:}`;
}
