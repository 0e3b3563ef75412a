public import Differentiation

/// An automatic function is an objective with all derivatives.
extension AutomaticFunction: TwiceDifferentiableObjective {}
