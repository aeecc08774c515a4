// SPDX-License-Identifier: MIT
// fma, fnma, min, max, abs, sqrt, select, either_is_nan, the IEEE forms of min and max, clamp, mul_high, avg and
// abs_diff, on every target, against the same on one element.
#define LANEWISE_KERNEL_FILE "simd/arithmetic.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/arithmetic.hpp>

#include <algorithm>

#include "support/lane_by_lane.hpp"
#include "support/per_target.hpp"
#include "support/sweep.hpp"

#ifndef LANEWISE_TESTS_ARITHMETIC_REFERENCE
#define LANEWISE_TESTS_ARITHMETIC_REFERENCE
namespace arithmetic_tests {

using namespace lanewise_tests;

/// a * b + c, rounded once or twice.
template <class T>
T multiply_add(T a, T b, T c, bool fused) {
  if (fused)
    return static_cast<T>(
        std::fma(static_cast<float_of<T>>(a), static_cast<float_of<T>>(b), static_cast<float_of<T>>(c)));
  const volatile float_of<T> product = a * b;
  return static_cast<T>(product + c);
}

/// One result of every function at position i.
template <class T>
struct expected {
  std::vector<T> fma, fnma, min, max, abs, sqrt, select, nan;

  explicit expected(bool fused) {
    const auto& [a, b, c] = operands_of<T>();
    for (std::size_t i = 0; i < sweep; ++i) {
      min.push_back(b[i] < a[i] ? b[i] : a[i]);
      max.push_back(a[i] < b[i] ? b[i] : a[i]);
      if constexpr (lanewise::floating_element<T>) {
        abs.push_back(static_cast<T>(std::abs(static_cast<float_of<T>>(a[i]))));
        fma.push_back(multiply_add(a[i], b[i], c[i], fused));
        fnma.push_back(multiply_add(static_cast<T>(-a[i]), b[i], c[i], fused));
        sqrt.push_back(static_cast<T>(std::sqrt(static_cast<float_of<T>>(a[i]))));
        nan.push_back(a[i] != a[i] || b[i] != b[i]);
      } else {
        abs.push_back(a[i] < 0 ? static_cast<T>(-static_cast<std::uint64_t>(a[i])) : a[i]);
      }
      select.push_back(a[i] < b[i] ? c[i] : a[i]);
    }
  }
};

/// min and max: with a NaN either operand will do, and a zero of either sign.
template <class T>
void expect_either(std::string_view what, std::size_t lanes, const std::vector<T>& got, const std::vector<T>& want) {
  const auto& [a, b, c] = operands_of<T>();
  std::vector<T> corrected = want;
  if constexpr (lanewise::floating_element<T>) {
    for (std::size_t i = 0; i < sweep; ++i) {
      const bool unordered = a[i] != a[i] || b[i] != b[i];
      if (unordered && (same(got[i], a[i]) || same(got[i], b[i]))) corrected[i] = got[i];
    }
  }
  expect_same<T>(what, name_of<T>(), lanes, got, corrected, &same_value<T>);
}

/// Bits above those of T in a product, from products of halves.
template <class T>
T upper_half_of_product(T a, T b) {
  if constexpr (sizeof(T) < 8) {
    using product = std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>;
    return static_cast<T>((static_cast<product>(a) * static_cast<product>(b)) >> (8 * sizeof(T)));
  } else {
    const std::uint64_t x = static_cast<std::uint64_t>(a), y = static_cast<std::uint64_t>(b), low = 0xFFFFFFFFu;
    const std::uint64_t first = (x >> 32) * (y & low) + ((x & low) * (y & low) >> 32);
    const std::uint64_t second = (x & low) * (y >> 32) + (first & low);
    std::uint64_t high = (x >> 32) * (y >> 32) + (first >> 32) + (second >> 32);
    if (a < 0) high -= y;
    if (b < 0) high -= x;
    return static_cast<T>(high);
  }
}

template <class T>
T average(T a, T b) {
  if constexpr (sizeof(T) < 8) {
    return static_cast<T>((static_cast<std::int64_t>(a) + static_cast<std::int64_t>(b) + 1) >> 1);
  } else {
    return static_cast<T>((a >> 1) + (b >> 1) + ((a | b) & 1));
  }
}

/// The smaller as IEEE 754-2019 orders them; `keep_nan`: minimum, otherwise minimumNumber.
template <class T>
T ieee_minimum(T a, T b, bool keep_nan) {
  if (std::isnan(a)) return keep_nan ? a : b;
  if (std::isnan(b)) return keep_nan ? b : a;
  if (a == b) return std::signbit(a) ? a : b;
  return a < b ? a : b;
}

template <class T>
T ieee_maximum(T a, T b, bool keep_nan) {
  return -ieee_minimum(static_cast<T>(-a), static_cast<T>(-b), keep_nan);
}

/// f(a[i], b[i]) for the whole sweep.
template <class T, class F>
auto results(F f) {
  const auto& [a, b, c] = operands_of<T>();
  std::vector<decltype(f(a[0], b[0]))> all;
  for (std::size_t i = 0; i < sweep; ++i) all.push_back(f(a[i], b[i]));
  return all;
}

}  // namespace arithmetic_tests
#endif

LANEWISE_BEGIN_KERNEL_FILE(arithmetic_tests)

using lanewise_tests::HWY_NAMESPACE::check_lanes;
using lanewise_tests::HWY_NAMESPACE::for_each_type;
using lanewise_tests::HWY_NAMESPACE::for_each_width;

void every_type() {
  for_each_type(all_types(), []<class T>() LANEWISE_ATTR {
    const auto& [a, b, c] = operands_of<T>();
    const expected<T> want(HWY_NATIVE_FMA != 0);
    for_each_width<T>([&]<std::size_t N>() LANEWISE_ATTR {
      using v = lw::simd<T, N>;
      std::vector<T> min(sweep), max(sweep), abs(sweep), select(sweep);
      for (std::size_t i = 0; i < sweep; i += N) {
        const v x = v::load(&a[i]), y = v::load(&b[i]), z = v::load(&c[i]);
        lw::min(x, y).store(&min[i]);
        lw::max(x, y).store(&max[i]);
        lw::abs(x).store(&abs[i]);
        lw::select(x < y, z, x).store(&select[i]);
      }
      expect_either("min", N, min, want.min);
      expect_either("max", N, max, want.max);
      expect_same<T>("abs", name_of<T>(), N, abs, want.abs);
      expect_same<T>("select", name_of<T>(), N, select, want.select);
    });
  });
}

void floating_point() {
  for_each_type(float_types(), []<class T>() LANEWISE_ATTR {
    const auto& [a, b, c] = operands_of<T>();
    const expected<T> want(HWY_NATIVE_FMA != 0);
    for_each_width<T>([&]<std::size_t N>() LANEWISE_ATTR {
      using v = lw::simd<T, N>;
      std::vector<T> fma(sweep), fnma(sweep), sqrt(sweep), nan(sweep);
      for (std::size_t i = 0; i < sweep; i += N) {
        const v x = v::load(&a[i]), y = v::load(&b[i]), z = v::load(&c[i]);
        lw::fma(x, y, z).store(&fma[i]);
        lw::fnma(x, y, z).store(&fnma[i]);
        lw::sqrt(x).store(&sqrt[i]);
        lw::select(lw::either_is_nan(x, y), v(T(1)), T(0)).store(&nan[i]);
      }
      expect_same<T>("fma", name_of<T>(), N, fma, want.fma);
      expect_same<T>("fnma", name_of<T>(), N, fnma, want.fnma);
      expect_same<T>("sqrt", name_of<T>(), N, sqrt, want.sqrt);
      expect_same<T>("either_is_nan", name_of<T>(), N, nan, want.nan);
    });
  });
}

void integers() {
  for_each_type(integer_types(), []<class T>() LANEWISE_ATTR {
    const auto& [a, b, c] = operands_of<T>();
    using U = std::make_unsigned_t<T>;
    check_lanes(
        "mul_high", results<T>(upper_half_of_product<T>),
        [](auto x, auto y) LANEWISE_ATTR { return lw::mul_high(x, y); }, a, b);
    check_lanes(
        "avg", results<T>(average<T>), [](auto x, auto y) LANEWISE_ATTR { return lw::avg(x, y); }, a, b);
    check_lanes(
        "abs_diff", results<T>([](T x, T y) {
          return static_cast<U>(x > y ? static_cast<U>(x) - static_cast<U>(y) : static_cast<U>(y) - static_cast<U>(x));
        }),
        [](auto x, auto y) LANEWISE_ATTR { return lw::abs_diff(x, y); }, a, b);
    check_lanes(
        "clamp", results<T>([](T x, T y) { return std::clamp(x, std::min(y, T(5)), std::max(y, T(5))); }),
        [](auto x, auto y) LANEWISE_ATTR {
          const decltype(y) five(T(5));
          return lw::clamp(x, lw::min(y, five), lw::max(y, five));
        },
        a, b);
    check_lanes(
        "++ and --", results<T>([](T x, T y) {
          return static_cast<T>(2 * static_cast<std::uint64_t>(x) + static_cast<std::uint64_t>(y) + 1);
        }),
        [](auto x, auto y) LANEWISE_ATTR {
          const auto old_x = x++, old_y = y--, sum = old_x + x + old_y;
          const auto restored = (++y == old_y) & (--x == old_x);
          return lw::select(restored, sum, T(0));
        },
        a, b);
  });
}

void ieee_minimum_and_maximum() {
  for_each_type(float_types(), []<class T>() LANEWISE_ATTR {
    const auto& [a, b, c] = operands_of<T>();
    check_lanes(
        "minimum", results<T>([](T x, T y) { return ieee_minimum(x, y, true); }),
        [](auto x, auto y) LANEWISE_ATTR { return lw::minimum(x, y); }, a, b);
    check_lanes(
        "maximum", results<T>([](T x, T y) { return ieee_maximum(x, y, true); }),
        [](auto x, auto y) LANEWISE_ATTR { return lw::maximum(x, y); }, a, b);
    check_lanes(
        "minimum_number", results<T>([](T x, T y) { return ieee_minimum(x, y, false); }),
        [](auto x, auto y) LANEWISE_ATTR { return lw::minimum_number(x, y); }, a, b);
    check_lanes(
        "maximum_number", results<T>([](T x, T y) { return ieee_maximum(x, y, false); }),
        [](auto x, auto y) LANEWISE_ATTR { return lw::maximum_number(x, y); }, a, b);
    check_lanes(
        "abs_diff", results<T>([](T x, T y) { return static_cast<T>(std::abs(x - y)); }),
        [](auto x, auto y) LANEWISE_ATTR { return lw::abs_diff(x, y); }, a, b);
    check_lanes(
        "clamp", results<T>([](T x, T) {
          return std::isnan(x) ? x : x < -2 ? T(-2) : x > 3 ? T(3) : x;
        }),
        [](auto x) LANEWISE_ATTR { return lw::clamp(x, T(-2), T(3)); }, a);
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace arithmetic_tests {
LANEWISE_TEST_PER_TARGET(every_type, "min, max, abs and select of every type");
LANEWISE_TEST_PER_TARGET(floating_point, "fma, fnma, sqrt and either_is_nan");
LANEWISE_TEST_PER_TARGET(integers, "mul_high, avg, abs_diff and clamp of integers, increments");
LANEWISE_TEST_PER_TARGET(ieee_minimum_and_maximum, "minimum and maximum as IEEE 754-2019 has them, clamp of floats");
}  // namespace arithmetic_tests
#endif
