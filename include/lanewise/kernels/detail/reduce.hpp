// SPDX-License-Identifier: MIT
// Bodies of the reductions: one pass over memory at its speed, the same result for any number of workers.
//
// The input is cut into blocks whose size depends on n alone. A block is summed in runs: a run adds into four registers
// of a type that cannot overflow or lose much (f32 for f32), and is then emptied into 64-bit lanes. So the
// f32 error does not grow with n. The blocks' results are combined in a tree.

#include <algorithm>
#include <cstddef>
#include <limits>

#include "lanewise/kernels/detail/backend.hpp"
#include "lanewise/kernels/detail/reduce_kernels.hpp"
#include "lanewise/loops/detail/reduce_blocks.hpp"
#include "lanewise/loops/vectorize.hpp"
#include "lanewise/simd/arithmetic.hpp"
#include "lanewise/simd/convert.hpp"
#include "lanewise/simd/dot.hpp"
#include "lanewise/simd/reduce.hpp"

#if defined(LANEWISE_KERNELS_DETAIL_REDUCE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_KERNELS_DETAIL_REDUCE_HPP
#undef LANEWISE_KERNELS_DETAIL_REDUCE_HPP
#else
#define LANEWISE_KERNELS_DETAIL_REDUCE_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

inline constexpr std::size_t reduce_run = 8192;  // elements between two emptyings of the narrow registers

// f32 terms that one lane takes in a row: the error is at most this many times 2^-24 of the sum of magnitudes. With 512
// (runs of 8192 on SSE2) equal terms of 0.1 gave 4e-6; 64 costs nothing on AVX2 and AVX-512 and, on SSE2 with data in
// the first-level cache, 8 % (g++ 12, Zen 5, 2026-11).
inline constexpr std::size_t reduce_f32_terms = 64;

/// 64-bit lanes in which runs are gathered.
template <class T>
using gathered_t = std::conditional_t<std::is_floating_point_v<T>, double, accumulator_t<T>>;

// The terms of sum and dot. `add(acc, block)` adds those of a block of the loop to registers of `run`, of which one
// takes `lanes` elements at a time; 8192 elements must not overflow them. `correction(n)` is added to the sum of n
// terms.

/// Floating-point elements as they are, integers of 16 bits in 32 and wider ones in 64.
template <class T>
struct sum_terms {
  using run =
      std::conditional_t<std::is_floating_point_v<T>, T,
                         std::conditional_t<sizeof(T) != 2, gathered_t<T>,
                                            std::conditional_t<std::is_signed_v<T>, std::int32_t, std::uint32_t>>>;
  static constexpr std::size_t lanes = native_width<run>;
  static constexpr gathered_t<T> correction(std::size_t) { return 0; }
  const T* x;
  template <class V, class Block>
  LANEWISE_TARGET_INLINE void add(V& acc, Block block) const {
    acc += cast<run>(block.load(x));
  }
};

/// Eight bytes at a time: one instruction on x86 (4 to 6 times as fast as by conversion, AVX-512, Zen 5, 2026-11).
/// Signed ones are moved by 128, which the correction takes back.
template <class T>
  requires(sizeof(T) == 1)
struct sum_terms<T> {
  using run = std::uint64_t;
  static constexpr std::size_t lanes = native_width<T>;
  static constexpr T zero = std::is_signed_v<T> ? T(-128) : T(0);
  static constexpr gathered_t<T> correction(std::size_t n) {
    return static_cast<gathered_t<T>>(n) * static_cast<gathered_t<T>>(zero);
  }
  const T* x;
  template <class V, class Block>
  LANEWISE_TARGET_INLINE void add(V& acc, Block block) const {
    const auto bytes = bit_cast<std::uint8_t>(block.load(x, zero)) ^ static_cast<std::uint8_t>(zero);
    acc += sums_of_8(bytes);
  }
};

/// Products of floating-point numbers, of 64 bits, and of 16 bits in 64.
template <class T>
struct dot_terms {
  using run = std::conditional_t<std::is_floating_point_v<T>, T, gathered_t<T>>;
  static constexpr std::size_t lanes = native_width<run>;
  static constexpr gathered_t<T> correction(std::size_t) { return 0; }
  const T* x;
  const T* y;
  template <class V, class Block>
  LANEWISE_TARGET_INLINE void add(V& acc, Block block) const {
    const auto a = cast<run>(block.load(x)), b = cast<run>(block.load(y));
    if constexpr (std::is_floating_point_v<run>) {
      acc = fma(a, b, acc);
    } else {
      acc += a * b;
    }
  }
};

/// 8 bits: pairs of products of 16 bits, one instruction on x86 and Arm. 8192 / 16 of them, at most 2 * 255 * 255 each,
/// fit.
template <class T>
  requires(sizeof(T) == 1)
struct dot_terms<T> {
  using run = std::int32_t;
  static constexpr std::size_t lanes = native_width<std::int16_t>;
  static constexpr gathered_t<T> correction(std::size_t) { return 0; }
  const T* x;
  const T* y;
  template <class V, class Block>
  LANEWISE_TARGET_INLINE void add(V& acc, Block block) const {
    const auto a = cast<std::int16_t>(block.load(x)), b = cast<std::int16_t>(block.load(y));
    acc = dot_accumulate(acc, a, b);
  }
};

/// 32 bits: products of even and of odd lanes, in 64 bits, without a conversion.
template <class T>
  requires(std::integral<T> && sizeof(T) == 4)
struct dot_terms<T> {
  using run = gathered_t<T>;
  static constexpr std::size_t lanes = native_width<T>;
  static constexpr gathered_t<T> correction(std::size_t) { return 0; }
  const T* x;
  const T* y;
  template <class V, class Block>
  LANEWISE_TARGET_INLINE void add(V& acc, Block block) const {
    acc = dot_accumulate(acc, block.load(x), block.load(y));
  }
};

/// The sum of the terms of [begin, end).
template <class T, class Terms>
LANEWISE_TARGET_INLINE gathered_t<T> sum_runs(std::size_t begin, std::size_t end, Terms terms) {
  using run_t = typename Terms::run;
  constexpr std::size_t native = native_width<run_t>;
  constexpr std::size_t lanes = Terms::lanes;
  constexpr std::size_t length = std::same_as<run_t, float> ? reduce_f32_terms * 4 * lanes : reduce_run;
  static_assert(reduce_run % length == 0 && length % (4 * lanes) == 0);
  simd<gathered_t<T>, native> total{};
  for (std::size_t run = begin; run < end; run += length) {
    const std::size_t n = std::min(length, end - run);
    simd<run_t, 4 * native> acc{};
    std::size_t i = 0;
    for (; n - i >= 4 * lanes; i += 4 * lanes) terms.add(acc, full_block<4 * lanes>{run + i});
    // What is left: at most three registers, and one that is not full.
    simd<run_t, native> rest{};
    vectorize<lanes, 1, tail::masked>(n - i, [&](auto block) LANEWISE_ATTR_INLINE {
      block.index += run + i;
      terms.add(rest, block);
    });
    const auto pairs = lower_half(acc) + upper_half(acc);
    total += cast<gathered_t<T>>((lower_half(pairs) + upper_half(pairs)) + rest);
  }
  return reduce_add(total) + Terms::correction(end - begin);
}

/// Integers wrap, also where the sum of two signed ones would be undefined.
template <class G>
G add_partial_sums(G a, G b) {
  if constexpr (std::is_integral_v<G>) {
    using bits = std::make_unsigned_t<G>;
    return static_cast<G>(static_cast<bits>(a) + static_cast<bits>(b));
  } else {
    return a + b;
  }
}

template <element T>
accumulator_t<T> sum(const T* x, std::size_t n, executor_ref executor) {
  if (n == 0) return 0;
  return static_cast<accumulator_t<T>>(reduce_blocks<gathered_t<T>>(
      n, executor,
      [&](std::size_t begin, std::size_t end) LANEWISE_ATTR { return sum_runs<T>(begin, end, sum_terms<T>{x}); },
      add_partial_sums<gathered_t<T>>));
}

template <element T>
accumulator_t<T> dot(const T* x, const T* y, std::size_t n, executor_ref executor) {
  if (n == 0) return 0;
  return static_cast<accumulator_t<T>>(reduce_blocks<gathered_t<T>>(
      n, executor,
      [&](std::size_t begin, std::size_t end) LANEWISE_ATTR {
        return sum_runs<T>(begin, end, dot_terms<T>{x, y});
      },
      add_partial_sums<gathered_t<T>>));
}

/// The least element by `before` (min or max of vectors), `worst` being one that every other beats; NaN if there is
/// one.
template <class T, class Before>
LANEWISE_TARGET_INLINE T extreme(const T* x, std::size_t n, executor_ref executor, std::type_identity_t<T> worst,
                                 Before before) {
  const auto scalar_before = [&](T a, T b) LANEWISE_ATTR {
    if (a != a) return a;
    if (b != b) return b;
    return before(simd<T, 1>(a), simd<T, 1>(b))[0];
  };
  return reduce_blocks<T>(
      n, executor,
      [&](std::size_t begin, std::size_t end) LANEWISE_ATTR {
        // Single registers, and a comparison for each two of them: with wider simds g++ 12 loads all elements twice.
        constexpr std::size_t width = native_width<T>;
        using v = simd<T>;
        v best[4] = {worst, worst, worst, worst};
        mask<T> nan[2] = {mask<T>(false), mask<T>(false)};
        std::size_t i = begin;
        for (; end - i >= 4 * width; i += 4 * width) {
          static_for<2>([&]<std::size_t r>() LANEWISE_ATTR_INLINE {
            const v a = v::load(x + i + 2 * r * width), b = v::load(x + i + (2 * r + 1) * width);
            best[2 * r] = before(a, best[2 * r]);
            best[2 * r + 1] = before(b, best[2 * r + 1]);
            if constexpr (std::is_floating_point_v<T>) nan[r] |= either_is_nan(a, b);
          });
        }
        vectorize<width, 1, tail::masked>(end - i, [&](auto block) LANEWISE_ATTR_INLINE {
          const v a = block.load(x + i, worst);
          best[0] = before(a, best[0]);
          if constexpr (std::is_floating_point_v<T>) nan[0] |= either_is_nan(a, a);
        });
        if constexpr (std::is_floating_point_v<T>) {
          if (any(nan[0] | nan[1])) return std::numeric_limits<T>::quiet_NaN();
        }
        return reduce(before(before(best[0], best[1]), before(best[2], best[3])), before);
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
