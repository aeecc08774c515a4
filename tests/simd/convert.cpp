// SPDX-License-Identifier: MIT
// cast between all pairs of element types and bit_cast, with the values at which conversions differ, on every target.
#define LANEWISE_KERNEL_FILE "simd/convert.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/convert.hpp>

#include "support/per_target.hpp"
#include "support/sweep.hpp"

#ifndef LANEWISE_TESTS_CONVERT_REFERENCE
#define LANEWISE_TESTS_CONVERT_REFERENCE
namespace convert_tests {

using namespace lanewise_tests;

/// What cast promises: C++'s conversion, made total.
template <class U, class T>
U converted(T x) {
  if constexpr (lanewise::half_element<T>) {
    return converted<U>(static_cast<float>(x));
  } else if constexpr (lanewise::half_element<U> && sizeof(T) == 8) {
    // To a double whose last bit says whether anything was lost, which is then rounded once.
    double nearest = static_cast<double>(x);
    const auto exact = static_cast<long double>(x);
    if (!(x != x) && static_cast<long double>(nearest) != exact) {
      if (std::abs(static_cast<long double>(nearest)) > std::abs(exact)) nearest = std::nextafter(nearest, 0.0);
      nearest = std::bit_cast<double>(std::bit_cast<std::uint64_t>(nearest) | 1);
    }
    return static_cast<U>(nearest);
  } else if constexpr (std::floating_point<T> && std::integral<U>) {
    using limits = std::numeric_limits<U>;
    const long double value = x;
    if (std::isnan(x)) return 0;
    if (value >= static_cast<long double>(limits::max())) return limits::max();
    if (value <= static_cast<long double>(limits::min())) return limits::min();
    return static_cast<U>(value);
  } else if constexpr (std::integral<T> && std::floating_point<U>) {
    return static_cast<U>(static_cast<long double>(x));  // 64 bits of precision: rounded once
  } else {
    return static_cast<U>(x);
  }
}

/// Both sides of every power of two, of which the ends of all ranges and precisions are a part.
template <class T>
const std::vector<T>& values() {
  static const std::vector<T> made = [] {
    std::vector<T> all = edge_values<T>();
    std::mt19937_64 random(seed);
    if constexpr (lanewise::half_element<T>) {
      for (int bits = 0; bits < 0x10000; bits += 7) all.push_back(T::from_bits(static_cast<std::uint16_t>(bits)));
      all.resize(sweep);
    } else if constexpr (std::floating_point<T>) {
      for (int exponent = 0; exponent <= 64; ++exponent) {
        const T power = std::ldexp(T(1), exponent);
        for (T x : {power, std::nextafter(power, T(0)), std::nextafter(power, std::numeric_limits<T>::infinity()),
                    power - T(0.5), power + T(0.5), power - T(1)}) {
          all.push_back(x);
          all.push_back(-x);
        }
      }
      for (int exponent = -26; exponent < 16; ++exponent) {  // to 16-bit floats: halfway, and just off it
        for (double x : {1 + 1.0 / 2048, 1 + 3.0 / 2048, 1 + 1.0 / 2048 + 1e-15, 1 + 1.0 / 256, 1 + 3.0 / 256,
                         1 + 1.0 / 256 + 1e-15}) {
          all.push_back(static_cast<T>(std::ldexp(x, exponent)));
        }
      }
      for (double x : {65519.99, 65520.0, 3.4028235677973366e38, 3.4028235677973362e38, 1e39, 1e-46, 7.1e-46,
                       1.0000000596046448, 1.1754943157898258e-38}) {
        all.push_back(static_cast<T>(x));  // f64 to f32: just over and under the range, below subnormals, halfway
        all.push_back(static_cast<T>(-x));
      }
    } else {
      for (int bit = 8; bit < static_cast<int>(8 * sizeof(T)); ++bit) {
        // Halfway between two floats of 24 or 53 bits, to even below and above, and just off it.
        for (std::uint64_t x : {std::uint64_t{1} << bit, (std::uint64_t{1} << bit) + (std::uint64_t{1} << bit >> 8),
                                (std::uint64_t{1} << bit) + (std::uint64_t{1} << bit >> 8) + 1,
                                (std::uint64_t{1} << bit) + (std::uint64_t{1} << bit >> 24),
                                (std::uint64_t{1} << bit) + (std::uint64_t{3} << bit >> 24),
                                (std::uint64_t{1} << bit) + (std::uint64_t{1} << bit >> 24) + 1,
                                (std::uint64_t{1} << bit) + (std::uint64_t{1} << bit >> 53),
                                (std::uint64_t{1} << bit) + (std::uint64_t{3} << bit >> 53)}) {
          all.push_back(static_cast<T>(x));
          all.push_back(static_cast<T>(std::uint64_t{0} - x));
        }
      }
    }
    while (all.size() < sweep) all.push_back(random_value<T>(random));
    return all;
  }();
  return made;
}

template <class U, class T>
void expect_converted(std::size_t lanes, const std::vector<U>& got) {
  const std::vector<T>& from = values<T>();
  for (std::size_t i = 0; i < sweep; ++i) {
    const U want = converted<U>(from[i]);
    if (same(got[i], want)) continue;
    FAIL_CHECK("cast<" << name_of<U>() << ">(simd<" << name_of<T>() << ", " << lanes << ">) of " << text(from[i])
                       << " is " << text(got[i]) << " but should be " << text(want) << ", seed " << seed);
    return;
  }
  SUCCEED();
}

}  // namespace convert_tests
#endif

LANEWISE_BEGIN_KERNEL_FILE(convert_tests)

using lanewise_tests::HWY_NAMESPACE::for_each_type;

template <class U, class T, std::size_t N>
void check_cast() {
  std::vector<U> got(sweep);
  for (std::size_t i = 0; i < sweep; i += N) {
    lw::cast<U>(lw::simd<T, N>::load(&values<T>()[i])).store(&got[i]);
  }
  expect_converted<U, T>(N, got);
}

/// One lane, part of a register, and the widths at which one side is a whole register and the other up to eight.
template <class T>
void casts_from() {
  for_each_type(all_types(), []<class U>() LANEWISE_ATTR {
    constexpr std::size_t t = lw::native_width<T>, u = lw::native_width<U>;
    check_cast<U, T, 1>();
    if constexpr (t > 2 && u > 2) check_cast<U, T, 2>();
    check_cast<U, T, t>();
    if constexpr (u != t) check_cast<U, T, u>();
    if constexpr (u == t) check_cast<U, T, 2 * t>();
  });
}

void from_floats() {
  for_each_type(float_types(), []<class T>() LANEWISE_ATTR { casts_from<T>(); });
}
void from_integers() {
  for_each_type(integer_types(), []<class T>() LANEWISE_ATTR { casts_from<T>(); });
}

template <class T, class U>
void check_bit_cast() {
  constexpr std::size_t bytes = 2 * lw::native_width<std::uint8_t>;
  const auto from = lw::simd<T, bytes / sizeof(T)>::load(operands_of<T>().a.data());
  const auto to = lw::bit_cast<U>(from);
  static_assert(to.size() * sizeof(U) == bytes);
  std::vector<U> got(to.size()), want(to.size());
  to.store(got.data());
  std::memcpy(want.data(), operands_of<T>().a.data(), bytes);
  INFO("bit_cast<" << name_of<U>() << ">(simd<" << name_of<T>() << ">)");
  CHECK(std::memcmp(got.data(), want.data(), bytes) == 0);
}

void bit_casts() {
  for_each_type(all_types(), []<class T>() LANEWISE_ATTR {
    for_each_type(all_types(), []<class U>() LANEWISE_ATTR { check_bit_cast<T, U>(); });
  });
  CHECK(lw::bit_cast<std::uint32_t>(lw::simd<float, 1>(1.0f))[0] == 0x3F800000u);
  CHECK(lw::bit_cast<float>(lw::simd<std::uint8_t, 4>{0, 0, 128, 63})[0] == 1.0f);
}

void documented_example() {
  const auto got =
      lw::cast<std::uint8_t>(lw::simd<float, 4>{-1.0f, 2.9f, 300.0f, std::numeric_limits<float>::quiet_NaN()});
  CHECK(got.to_array() == std::array<std::uint8_t, 4>{0, 2, 255, 0});
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace convert_tests {
LANEWISE_TEST_PER_TARGET(from_floats, "cast from floating point to every type, out of range and NaN included");
LANEWISE_TEST_PER_TARGET(from_integers, "cast from integers to every type, rounded once");
LANEWISE_TEST_PER_TARGET(bit_casts, "bit_cast between every two types");
LANEWISE_TEST_PER_TARGET(documented_example, "the documented example of cast");
}  // namespace convert_tests
#endif
