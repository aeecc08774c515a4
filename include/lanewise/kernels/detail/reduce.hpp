// SPDX-License-Identifier: MIT
// Bodies of the reductions: one pass over memory at its speed, the same result for any number of workers.
//
// The input is cut into blocks whose size depends on n alone. A block is summed in runs: a run adds into four registers
// of the narrowest type that cannot overflow or lose much (f32 for f32), and is then emptied into 64-bit lanes. So the
// f32 error does not grow with n. The blocks' results are combined in order.

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>

#include "lanewise/kernels/detail/backend.hpp"
#include "lanewise/kernels/detail/reduce_kernels.hpp"
#include "lanewise/loops/parallelize.hpp"
#include "lanewise/loops/vectorize.hpp"
#include "lanewise/simd/arithmetic.hpp"
#include "lanewise/simd/convert.hpp"
#include "lanewise/simd/reduce.hpp"

#if defined(LANEWISE_KERNELS_DETAIL_REDUCE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_KERNELS_DETAIL_REDUCE_HPP
#undef LANEWISE_KERNELS_DETAIL_REDUCE_HPP
#else
#define LANEWISE_KERNELS_DETAIL_REDUCE_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

inline constexpr std::size_t reduce_run = 8192;         // elements between two emptyings of the narrow registers
inline constexpr std::size_t reduce_block = 4 * reduce_run;  // least elements a worker takes at a time
inline constexpr std::size_t reduce_max_blocks = 1024;

// f32 terms that one lane takes in a row: the error is at most this many times 2^-24 of the sum of magnitudes. With 512
// (runs of 8192 on SSE2) equal terms of 0.1 gave 4e-6; 64 costs nothing on AVX2 and AVX-512 and, on SSE2 with data in
// the first-level cache, 8 % (g++ 12, Zen 5, 2026-11).
inline constexpr std::size_t reduce_f32_terms = 64;

/// Applies block(begin, end) to blocks of [0, n) and combine(a, b) to their results, first to last. n > 0.
template <class R, class Block, class Combine>
R reduce_blocks(std::size_t n, executor_ref executor, Block block, Combine combine) {
  if (n <= reduce_block) return block(std::size_t(0), n);
  const std::size_t runs = (n - 1) / reduce_run + 1;
  const std::size_t size = std::max(reduce_block, ((runs - 1) / reduce_max_blocks + 1) * reduce_run);
  std::array<R, reduce_max_blocks> results;
  parallelize_blocks(
      n, size, [&](std::size_t index, std::size_t begin, std::size_t end) { results[index] = block(begin, end); },
      executor);
  R total = results[0];
  for (std::size_t i = 1; i < (n - 1) / size + 1; ++i) total = combine(total, results[i]);
  return total;
}

/// 64-bit lanes in which runs are gathered.
template <class T>
using gathered_t = std::conditional_t<std::is_floating_point_v<T>, double, accumulator_t<T>>;

/// What a run of sum adds up in: 8192 numbers of 16 bits fit 32.
template <class T>
using sum_run_t =
    std::conditional_t<std::is_floating_point_v<T>, T,
                       std::conditional_t<(sizeof(T) >= 4), gathered_t<T>,
                                          std::conditional_t<std::is_signed_v<T>, std::int32_t, std::uint32_t>>>;

/// What a run of dot adds up in: 8192 products of 8 bits fit 32.
template <class T>
using dot_run_t = std::conditional_t<sizeof(T) == 1, sum_run_t<T>, std::conditional_t<std::is_floating_point_v<T>, T, gathered_t<T>>>;

/// The sum over a block of the terms that add_block(acc, block of the loop, begin) adds to acc, in Run's lanes.
template <class T, class Run, class Add>
LANEWISE_TARGET_INLINE gathered_t<T> sum_runs(std::size_t begin, std::size_t end, Add add) {
  constexpr std::size_t native = native_width<Run>;
  constexpr std::size_t width = 4 * native;
  constexpr std::size_t length = std::same_as<Run, float> ? reduce_f32_terms * width : reduce_run;
  static_assert(reduce_run % length == 0);
  simd<gathered_t<T>, native> total{};
  for (std::size_t run = begin; run < end; run += length) {
    simd<Run, width> acc{};
    vectorize<width, 1, tail::masked>(std::min(length, end - run), [&](auto block) LANEWISE_ATTR_INLINE {
      block.index += run;
      add(acc, block);
    });
    const auto pairs = lower_half(acc) + upper_half(acc);
    total += cast<gathered_t<T>>(lower_half(pairs) + upper_half(pairs));
  }
  return reduce_add(total);
}

template <element T>
accumulator_t<T> sum(const T* x, std::size_t n, executor_ref executor) {
  if (n == 0) return 0;
  using run = sum_run_t<T>;
  return static_cast<accumulator_t<T>>(reduce_blocks<gathered_t<T>>(
      n, executor,
      [&](std::size_t begin, std::size_t end) LANEWISE_ATTR {
        return sum_runs<T, run>(begin, end, [&](auto& acc, auto block) LANEWISE_ATTR_INLINE {
          acc += cast<run>(block.load(x));
        });
      },
      [](auto a, auto b) { return a + b; }));
}

template <element T>
accumulator_t<T> dot(const T* x, const T* y, std::size_t n, executor_ref executor) {
  if (n == 0) return 0;
  using run = dot_run_t<T>;
  return static_cast<accumulator_t<T>>(reduce_blocks<gathered_t<T>>(
      n, executor,
      [&](std::size_t begin, std::size_t end) LANEWISE_ATTR {
        return sum_runs<T, run>(begin, end, [&](auto& acc, auto block) LANEWISE_ATTR_INLINE {
          const auto a = cast<run>(block.load(x));
          const auto b = cast<run>(block.load(y));
          if constexpr (std::is_floating_point_v<run>) {
            acc = fma(a, b, acc);
          } else {
            acc += a * b;
          }
        });
      },
      [](auto a, auto b) { return a + b; }));
}

/// The least element by `before` (min or max of vectors), `worst` being one that every other beats; NaN if there is one.
template <class T, class Before>
LANEWISE_TARGET_INLINE T extreme(const T* x, std::size_t n, executor_ref executor, std::type_identity_t<T> worst, Before before) {
  const auto scalar_before = [&](T a, T b) LANEWISE_ATTR {
    if (a != a) return a;
    if (b != b) return b;
    return before(simd<T, 1>(a), simd<T, 1>(b))[0];
  };
  return reduce_blocks<T>(
      n, executor,
      [&](std::size_t begin, std::size_t end) LANEWISE_ATTR {
        constexpr std::size_t width = 2 * native_width<T>;
        using v = simd<T, width>;
        v even = worst, odd = worst;
        mask<T, width> nan{};
        std::size_t i = begin;
        for (; end - i >= 2 * width; i += 2 * width) {
          const v a = v::load(x + i), b = v::load(x + i + width);
          even = before(a, even);
          odd = before(b, odd);
          if constexpr (std::is_floating_point_v<T>) nan |= either_is_nan(a, b);
        }
        vectorize<width, 1, tail::masked>(end - i, [&](auto block) LANEWISE_ATTR_INLINE {
          const v a = block.load(x + i, worst);
          even = before(a, even);
          if constexpr (std::is_floating_point_v<T>) nan |= either_is_nan(a, a);
        });
        if constexpr (std::is_floating_point_v<T>) {
          if (any(nan)) return std::numeric_limits<T>::quiet_NaN();
        }
        return reduce(before(even, odd), before);
      },
      scalar_before);
}

template <element T>
T min(const T* x, std::size_t n, executor_ref executor) {
  using limits = std::numeric_limits<T>;
  return extreme(x, n, executor, limits::has_infinity ? limits::infinity() : limits::max(),
                 [](auto a, auto b) LANEWISE_ATTR_INLINE { return min(a, b); });
}

template <element T>
T max(const T* x, std::size_t n, executor_ref executor) {
  using limits = std::numeric_limits<T>;
  return extreme(x, n, executor, limits::has_infinity ? static_cast<T>(-limits::infinity()) : limits::lowest(),
                 [](auto a, auto b) LANEWISE_ATTR_INLINE { return max(a, b); });
}

/// This target's reductions.
template <element T>
constexpr detail::reduce_kernels<T> target_kernels(const detail::reduce_kernels<T>*, this_target*) {
  return {.sum = &sum<T>, .dot = &dot<T>, .min = &min<T>, .max = &max<T>};
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_KERNELS_DETAIL_REDUCE_HPP
