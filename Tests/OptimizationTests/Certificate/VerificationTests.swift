import Testing

@testable import Optimization

@Suite struct VerificationTests {
  private typealias Curvature = Verification.Curvature

  @Test(arguments: [
    (0, Curvature.Route.hessian), (1000, .hessian), (1001, .products(100)),
    (41_943, .products(100)), (131_072, .products(32)), (131_073, nil),
  ])
  func `Without being asked, a Hessian is used while it is cheap`(
    n: Int, expected: Verification.Curvature.Route?
  ) {
    #expect(
      Curvature.automatic.route(dimension: n, hasHessian: true) == expected)
    #expect(Curvature.never.route(dimension: n, hasHessian: true) == nil)
  }

  @Test func `Without being asked, differences are for few variables`() {
    #expect(
      Curvature.automatic.route(dimension: 20, hasHessian: false)
        == .differences)
    #expect(
      Curvature.automatic.route(dimension: 21, hasHessian: false) == nil)
  }

  @Test func `When asked, there is always a way`() {
    func route(_ n: Int, _ hasHessian: Bool) -> Curvature.Route? {
      Curvature.always.route(dimension: n, hasHessian: hasHessian)
    }
    #expect(route(4000, true) == .hessian)
    #expect(route(4001, true) == .products(300))
    #expect(route(100, false) == .differences)
    #expect(route(101, false) == .products(300))
    #expect(route(10_000_000, false) == .products(32))
  }
}
