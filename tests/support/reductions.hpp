// SPDX-License-Identifier: MIT
#pragma once
// What the tests of reductions share: element types, lengths, inputs.

#include <array>
#include <cmath>
#include <cstddef>
#include <random>
#include <vector>

#include "support/values.hpp"

#define FLOATING_TYPES float, double, lanewise::float16, lanewise::bfloat16
#define ALL_TYPES                                                                                                   \
  std::int8_t, std::int16_t, std::int32_t, std::int64_t, std::uint8_t, std::uint16_t, std::uint32_t, std::uint64_t, \
      FLOATING_TYPES

namespace lanewise_tests {

template <class T>
inline constexpr bool floating = lanewise::floating_element<T>;

/// Lengths around the sizes of runs (8192) and blocks (32768), and beyond.
inline constexpr std::array<std::size_t, 13> long_lengths{8191,  8192,  8193,  16384, 32767,  32768,  32769,
                                                          40960, 65535, 65536, 65537, 100003, 1000003};

/// Three times what a pass of the widest target's main loop takes, and more.
template <class T>
inline constexpr std::size_t short_lengths = 3 * 4 * 64 / (sizeof(T) < 4 ? sizeof(T) : 4) + 2;

/// Integers of any bit pattern, floats between -1 and 1.
template <class T>
std::vector<T> numbers(std::size_t n, unsigned salt) {
  std::mt19937_64 random(seed + salt);
  std::vector<T> x(n);
  for (T& value : x) {
    if constexpr (floating<T>) {
      value = T(std::uniform_real_distribution<float_of<T>>(-1, 1)(random));
    } else {
      value = static_cast<T>(random() >> 5);
    }
  }
  return x;
}

}  // namespace lanewise_tests
