// SPDX-License-Identifier: MIT
#pragma once
// The ranges that loops and kernels take: contiguous and sized, of elements. Costs <ranges>, <string>, <stdexcept>.

#include <cstddef>
#include <initializer_list>
#include <ranges>
#include <stdexcept>
#include <string>
#include <type_traits>

#include "lanewise/config/macros.hpp"
#include "lanewise/simd/element.hpp"

namespace lanewise {

/// A std::vector, std::array, std::span, C array, ... of elements.
template <class R>
concept element_range = std::ranges::contiguous_range<const R> && std::ranges::sized_range<const R> &&
                        element<std::ranges::range_value_t<const R>>;

/// One whose elements can be written.
template <class R>
concept mutable_element_range =
    element_range<R> && !std::is_const_v<std::remove_reference_t<std::ranges::range_reference_t<R>>>;

}  // namespace lanewise

LANEWISE_BEGIN_DETAIL

[[noreturn]] LANEWISE_NOINLINE inline void throw_different_sizes(const char* function,
                                                                 std::initializer_list<std::size_t> sizes) {
  std::string message = std::string("lanewise::") + function + ": the ranges have";
  for (const std::size_t size : sizes) message += ' ' + std::to_string(size) + ',';
  message.back() = ' ';
  throw std::invalid_argument(message + "elements, but must have the same number");
}

/// The size of all the ranges; std::invalid_argument where they differ.
template <class First, class... More>
std::size_t common_size(const char* function, const First& first, const More&... more) {
  const std::size_t n = std::ranges::size(first);
  if (((std::ranges::size(more) != n) || ...)) throw_different_sizes(function, {n, std::ranges::size(more)...});
  return n;
}

LANEWISE_END_DETAIL
