// SPDX-License-Identifier: MIT
#pragma once
// The reductions as function pointers: what one target offers, and what crosses the dispatch boundary.

#include <cstddef>
#include <cstdint>
#include <tuple>
#include <type_traits>

#include "lanewise/config/macros.hpp"
#include "lanewise/loops/executor.hpp"
#include "lanewise/simd/element.hpp"

namespace lanewise {

/// What sum and dot of elements T return: floating-point types their own, integers the 64-bit type of their sign.
template <element T>
using accumulator_t = std::conditional_t<std::is_floating_point_v<T>, T,
                                         std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>>;

namespace detail {

/// x, y: n elements each, anywhere; min and max: n > 0.
template <element T>
struct reduce_kernels {
  accumulator_t<T> (*sum)(const T* x, std::size_t n, executor_ref executor);
  accumulator_t<T> (*dot)(const T* x, const T* y, std::size_t n, executor_ref executor);
  T (*min)(const T* x, std::size_t n, executor_ref executor);
  T (*max)(const T* x, std::size_t n, executor_ref executor);
};

/// What the dispatch library holds for each target.
using reduce_family =
    std::tuple<reduce_kernels<float>, reduce_kernels<double>, reduce_kernels<std::int8_t>, reduce_kernels<std::int16_t>,
               reduce_kernels<std::int32_t>, reduce_kernels<std::int64_t>, reduce_kernels<std::uint8_t>,
               reduce_kernels<std::uint16_t>, reduce_kernels<std::uint32_t>, reduce_kernels<std::uint64_t>>;

/// The chosen target's reductions; defined in the dispatch library.
const reduce_family& chosen_reduce_family();

template <element T>
LANEWISE_INLINE const reduce_kernels<T>& chosen_kernels(const reduce_kernels<T>*) {
  return std::get<reduce_kernels<T>>(chosen_reduce_family());
}

}  // namespace detail
}  // namespace lanewise
