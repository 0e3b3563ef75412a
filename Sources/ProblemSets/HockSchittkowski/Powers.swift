import Differentiation

// Powers as products: exact for all kinds of numbers, and without a call.

func square<Number: RealNumber>(_ x: Number) -> Number { x * x }

func cube<Number: RealNumber>(_ x: Number) -> Number { x * x * x }

func fourth<Number: RealNumber>(_ x: Number) -> Number { square(square(x)) }

func sixth<Number: RealNumber>(_ x: Number) -> Number { square(cube(x)) }

/// 100 (x₂ − x₁²)² + (1 − x₁)².
func rosenbrock<Number: RealNumber>(_ x: [Number]) -> Number {
  100 * square(x[1] - square(x[0])) + square(1 - x[0])
}
