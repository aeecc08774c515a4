// SPDX-License-Identifier: MIT
#pragma once
// The element types, the same on every target. Costs <concepts> and <cstdint>.

#include <concepts>
#include <cstdint>

namespace lanewise {

/// The element types of simd: 8- to 64-bit integers, float and double.
template <class T>
concept element = std::same_as<T, std::int8_t> || std::same_as<T, std::int16_t> || std::same_as<T, std::int32_t> ||
                  std::same_as<T, std::int64_t> || std::same_as<T, std::uint8_t> || std::same_as<T, std::uint16_t> ||
                  std::same_as<T, std::uint32_t> || std::same_as<T, std::uint64_t> || std::same_as<T, float> ||
                  std::same_as<T, double>;

}  // namespace lanewise
