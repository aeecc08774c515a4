// SPDX-License-Identifier: MIT
// fma, fnma, min, max, abs, sqrt, select and either_is_nan, on every target, against the same on one element.
#define LANEWISE_KERNEL_FILE "simd/arithmetic.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/arithmetic.hpp>

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

}  // namespace arithmetic_tests
#endif

LANEWISE_BEGIN_KERNEL_FILE(arithmetic_tests)

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

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace arithmetic_tests {
LANEWISE_TEST_PER_TARGET(every_type, "min, max, abs and select of every type");
LANEWISE_TEST_PER_TARGET(floating_point, "fma, fnma, sqrt and either_is_nan");
}  // namespace arithmetic_tests
#endif
