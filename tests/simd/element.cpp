// SPDX-License-Identifier: MIT
// float16 and bfloat16: every value to float and back, and rounding against a search for the nearest value.
#include <lanewise/simd/element.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <random>

namespace {

/// The value of a pattern by the definition of IEEE 754.
template <class H>
double value_of(unsigned bits) {
  constexpr int significand_bits = std::numeric_limits<H>::digits - 1;
  constexpr int bias = std::numeric_limits<H>::max_exponent - 1;
  const unsigned field = (bits & 0x7FFF) >> significand_bits;
  const double fraction = std::ldexp(bits & ((1u << significand_bits) - 1), -significand_bits);
  const double sign = (bits & 0x8000) != 0 ? -1 : 1;
  if (field == static_cast<unsigned>(2 * bias + 1)) {
    return fraction != 0 ? std::numeric_limits<double>::quiet_NaN() : sign * std::numeric_limits<double>::infinity();
  }
  return sign *
         (field == 0 ? std::ldexp(fraction, 1 - bias) : std::ldexp(1 + fraction, static_cast<int>(field) - bias));
}

/// The pattern nearest to x >= 0, halves to the even one; overflow where the next larger exponent would be nearer.
template <class H>
unsigned nearest(double x) {
  unsigned low = 0, high = std::bit_cast<std::uint16_t>(std::numeric_limits<H>::infinity());
  const double beyond = std::ldexp(1.0, std::numeric_limits<H>::max_exponent);
  const auto value = [&](unsigned bits) {
    return bits == 0 ? 0 : std::isinf(value_of<H>(bits)) ? beyond : value_of<H>(bits);
  };
  if (x >= beyond) return high;
  while (high - low > 1) {
    const unsigned middle = (low + high) / 2;
    (value(middle) <= x ? low : high) = middle;
  }
  const double below = x - value(low), above = value(high) - x;
  return below < above || (below == above && low % 2 == 0) ? low : high;
}

}  // namespace

TEMPLATE_TEST_CASE("every 16-bit float to float and back", "", lanewise::float16, lanewise::bfloat16) {
  int wrong = 0;
  for (unsigned bits = 0; bits < 0x10000; ++bits) {
    const auto h = TestType::from_bits(static_cast<std::uint16_t>(bits));
    const float x = h;
    const double want = value_of<TestType>(bits);
    if (std::isnan(want)) {
      wrong += !std::isnan(x) || !std::isnan(static_cast<float>(TestType(x)));
    } else {
      wrong += x != want || std::signbit(x) != std::signbit(want) || TestType(x).bits != bits;
    }
  }
  CHECK(wrong == 0);
}

TEMPLATE_TEST_CASE("rounding to 16 bits", "", lanewise::float16, lanewise::bfloat16) {
  std::mt19937_64 random(20261123);
  int wrong = 0;
  const auto check = [&](double x) {
    wrong += TestType(x).bits != nearest<TestType>(x);
    wrong += TestType(-x).bits != (nearest<TestType>(x) | 0x8000);
  };
  for (unsigned bits = 0; bits < 0x7C00; bits += 3) {  // halfway to the next value, and just off it
    const double half = (value_of<TestType>(bits) + value_of<TestType>(bits + 1)) / 2;
    if (!std::isfinite(half)) continue;
    for (double x : {half, std::nextafter(half, 0.0), std::nextafter(half, 1e300)}) check(x);
  }
  for (int i = 0; i < 20000; ++i)
    check(std::ldexp(1 + std::ldexp(static_cast<double>(random() >> 12), -52), static_cast<int>(random() % 300) - 170));
  check(std::numeric_limits<double>::max());
  check(std::numeric_limits<double>::denorm_min());
  CHECK(wrong == 0);
}

TEST_CASE("16-bit floats are numbers") {
  using lanewise::bfloat16, lanewise::float16;
  static_assert(float16(1.5) + 1 == 2.5f && float16(3) == float16(3.0f) && bfloat16(float16(2)) == 2);
  static_assert(std::numeric_limits<float16>::max() == 65504.0f && std::numeric_limits<float16>::epsilon() == 0x1p-10f);
  static_assert(std::numeric_limits<bfloat16>::min() == std::numeric_limits<float>::min());
  static_assert(sizeof(float16) == 2 && std::is_trivially_copyable_v<bfloat16>);
  SUCCEED();
}
