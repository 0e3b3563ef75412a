/// What a node of a tape does with its operands.
///
/// Values and partial derivatives are defined in C, `derivative_operations.h`,
/// under the same numbers; they are stated here too because inlined code of
/// clients records them and must not see the C module.
@frozen
@usableFromInline
enum Operation: Int32, CaseIterable {
  case input = 0
  case add = 1
  case subtract = 2
  case multiply = 3
  case divide = 4
  case negate = 5
  case square = 6
  case abs = 8
  case sqrt = 9
  case exp = 10
  case expMinusOne = 11
  case exp2 = 12
  case log = 13
  case logOnePlus = 14
  case log2 = 15
  case log10 = 16
  case sin = 17
  case cos = 18
  case tan = 19
  case asin = 20
  case acos = 21
  case atan = 22
  case sinh = 23
  case cosh = 24
  case tanh = 25
  case asinh = 26
  case acosh = 27
  case atanh = 28
  case erf = 29
  case erfc = 30
  case gamma = 31
  case logGamma = 32
  case pow = 40
  case atan2 = 41
  case hypot = 42
  case maximum = 43
  case minimum = 44
  case integerPow = 45
  case root = 46
  case round = 47
  case remainder = 48
  case truncatingRemainder = 49
  case sum = 60
  case list = 61
  case more = 62
}

/// What was decided by the value of a variable.
@frozen
@usableFromInline
enum Decision: Int32 {
  case less = 0
  case lessOrEqual = 1
  case equal = 2
  case floatingPointClass = 3
  case sign = 4
  case exponent = 5
  case bits = 6
}
