// SPDX-License-Identifier: MIT
// dot_accumulate of every pair of types and sums_of_8, on every target, against 64-bit integers and float.
#define LANEWISE_KERNEL_FILE "simd/dot.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/dot.hpp>

#include "support/per_target.hpp"
#include "support/sweep.hpp"

#ifndef LANEWISE_TESTS_DOT_REFERENCE
#define LANEWISE_TESTS_DOT_REFERENCE
namespace dot_tests {

using namespace lanewise_tests;
using lanewise::bfloat16;
using lanewise::float16;
using lanewise::half_element;

/// Products and sums: of integers modulo 2^64, of floats in f32, every product of two 16-bit floats being exact.
template <class A, class T, class U>
std::vector<A> expected(const std::vector<A>& acc, const std::vector<T>& a, const std::vector<U>& b) {
  constexpr std::size_t k = sizeof(A) / sizeof(T);
  std::vector<A> want;
  for (std::size_t i = 0; i < a.size() / k; ++i) {
    if constexpr (std::floating_point<A>) {
      volatile float sum = acc[i];
      for (std::size_t j = i * k; j < i * k + k; ++j) {
        const volatile float product = static_cast<float>(a[j]) * static_cast<float>(b[j]);
        sum = sum + product;
      }
      want.push_back(static_cast<float>(sum));
    } else {
      auto sum = static_cast<std::uint64_t>(acc[i]);
      for (std::size_t j = i * k; j < i * k + k; ++j) {
        sum += static_cast<std::uint64_t>(a[j]) * static_cast<std::uint64_t>(b[j]);
      }
      want.push_back(static_cast<A>(sum));
    }
  }
  return want;
}

/// Integers: edges and random; the first 64 all at the ends of their ranges, where saturating steps would go wrong.
template <class T>
std::vector<T> factors(int which) {
  std::vector<T> all = which == 0 ? operands_of<T>().a : operands_of<T>().b;
  for (std::size_t i = 0; i < 64; ++i) {
    const bool least = which == 0 ? i / 16 % 2 == 0 : i / 32 == 0;
    all[i] = least ? std::numeric_limits<T>::min() : std::numeric_limits<T>::max();
  }
  return all;
}

/// 16-bit floats whose products are normal numbers of f32: of f16 all, of bf16 between 2^-60 and 2^60, zeros,
/// infinities and NaN.
template <half_element T>
std::vector<T> half_factors(unsigned salt) {
  std::mt19937_64 random(seed + salt);
  std::vector<T> all;
  while (all.size() < sweep) {
    const T x = T::from_bits(static_cast<std::uint16_t>(random()));
    const float size = std::abs(static_cast<float>(x));
    if (std::same_as<T, float16> || (size > 1e-18f && size < 1e18f)) all.push_back(x);
    if (all.size() % 97 == 0) all.push_back(T(0.0f));
    if (all.size() % 89 == 0) all.push_back(std::numeric_limits<T>::infinity());
    if (all.size() % 83 == 0) all.push_back(std::numeric_limits<T>::quiet_NaN());
  }
  all.resize(sweep);
  return all;
}

}  // namespace dot_tests
#endif

LANEWISE_BEGIN_KERNEL_FILE(dot_tests)

/// dot_accumulate for 1 lane of A, one register and two.
template <class A, class T, class U>
void check(const std::vector<T>& a, const std::vector<U>& b, std::string_view what) {
  const std::vector<A>& acc = operands_of<A>().c;
  const std::vector<A> want = expected(acc, a, b);
  const auto with_width = [&]<std::size_t N>() LANEWISE_ATTR {
    constexpr std::size_t k = sizeof(A) / sizeof(T);
    std::vector<A> got(want.size());
    for (std::size_t i = 0; i < got.size(); i += N) {
      lw::dot_accumulate(lw::simd<A, N>::load(&acc[i]), lw::simd<T, k * N>::load(&a[i * k]),
                         lw::simd<U, k * N>::load(&b[i * k]))
          .store(&got[i]);
    }
    expect_same<A>(what, name_of<A>(), N, got, want);
  };
  with_width.template operator()<1>();
  with_width.template operator()<lw::native_width<A>>();
  with_width.template operator()<2 * lw::native_width<A>>();
}

void integers() {
  check<std::int32_t>(factors<std::uint8_t>(0), factors<std::int8_t>(1), "u8 x i8");
  check<std::int32_t>(factors<std::int8_t>(0), factors<std::int8_t>(1), "i8 x i8");
  check<std::uint32_t>(factors<std::uint8_t>(0), factors<std::uint8_t>(1), "u8 x u8");
  check<std::int32_t>(factors<std::int16_t>(0), factors<std::int16_t>(1), "i16 x i16");
  check<std::uint32_t>(factors<std::uint16_t>(0), factors<std::uint16_t>(1), "u16 x u16");
  check<std::int64_t>(factors<std::int32_t>(0), factors<std::int32_t>(1), "i32 x i32");
  check<std::uint64_t>(factors<std::uint32_t>(0), factors<std::uint32_t>(1), "u32 x u32");
}

void floats() {
  check<float>(half_factors<bfloat16>(0), half_factors<bfloat16>(1), "bf16 x bf16");
  check<float>(half_factors<float16>(0), half_factors<float16>(1), "f16 x f16");
}

void sums() {
  const auto& [a, b, c] = operands_of<std::uint8_t>();
  std::vector<std::uint64_t> sums, differences;
  std::vector<std::int64_t> of_signed;
  for (std::size_t i = 0; i < sweep; i += 8) {
    sums.push_back(0);
    differences.push_back(0);
    of_signed.push_back(0);
    for (std::size_t j = i; j < i + 8; ++j) {
      sums.back() += a[j];
      of_signed.back() += static_cast<std::int8_t>(a[j]);
      differences.back() += static_cast<std::uint64_t>(a[j] > b[j] ? a[j] - b[j] : b[j] - a[j]);
    }
  }
  const auto with_width = [&]<std::size_t N>() LANEWISE_ATTR {
    std::vector<std::uint64_t> got(sums.size()), got_differences(sums.size());
    std::vector<std::int64_t> got_signed(sums.size());
    for (std::size_t i = 0; i < sweep; i += N) {
      const auto x = lw::simd<std::uint8_t, N>::load(&a[i]), y = lw::simd<std::uint8_t, N>::load(&b[i]);
      lw::sums_of_8(x).store(&got[i / 8]);
      lw::sums_of_8(lw::bit_cast<std::int8_t>(x)).store(&got_signed[i / 8]);
      lw::sums_of_8_abs_diff(x, y).store(&got_differences[i / 8]);
    }
    expect_same<std::uint64_t>("sums_of_8", "u8", N, got, sums);
    expect_same<std::int64_t>("sums_of_8", "i8", N, got_signed, of_signed);
    expect_same<std::uint64_t>("sums_of_8_abs_diff", "u8", N, got_differences, differences);
  };
  with_width.template operator()<8>();
  with_width.template operator()<lw::native_width<std::uint8_t>>();
  with_width.template operator()<2 * lw::native_width<std::uint8_t>>();
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace dot_tests {
LANEWISE_TEST_PER_TARGET(integers, "dot_accumulate of integers is exact, at the ends of their ranges too");
LANEWISE_TEST_PER_TARGET(floats, "dot_accumulate of 16-bit floats rounds each addition once");
LANEWISE_TEST_PER_TARGET(sums, "sums_of_8 and sums_of_8_abs_diff");
}  // namespace dot_tests
#endif
