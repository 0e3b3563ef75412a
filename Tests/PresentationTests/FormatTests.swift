import Testing

@testable import Presentation

@Suite struct FormatTests {
  @Test func `Numbers have three digits`() {
    #expect(Format.number(0) == "0")
    #expect(Format.number(1.2345) == "1.23")
    #expect(Format.number(-0.0123456) == "-0.0123")
    #expect(Format.number(123_456) == "123456")
    #expect(Format.number(1.5e7) == "1.50e+07")
    #expect(Format.number(.nan) == "—")
    #expect(Format.number(.infinity) == "∞")
  }

  @Test func `Seconds and flops have the unit that fits`() {
    #expect(Format.seconds(2.5) == "2.50 s")
    #expect(Format.seconds(0.0123) == "12.3 ms")
    #expect(Format.seconds(4.56e-5) == "45.6 µs")
    #expect(Format.seconds(7e-9) == "7.00 ns")
    #expect(Format.flops(999) == "999 F")
    #expect(Format.flops(8.52e6) == "8.52 MF")
    #expect(Format.flops(2.1e10) == "21.0 GF")
  }

  @Test func `Powers have raised exponents`() {
    #expect(Format.powerOfTen(-12) == "10⁻¹²")
    #expect(Format.powerOfTen(1e4) == "10⁴")
    #expect("n" + Format.raised("2.78") == "n²·⁷⁸")
  }
}
