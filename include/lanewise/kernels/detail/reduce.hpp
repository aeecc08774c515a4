// SPDX-License-Identifier: MIT
// Bodies of the reductions: one pass over memory at its speed, the same result for any number of workers.
//
// The input is cut into blocks whose size depends on n alone. A block is summed in runs: a run adds into four registers
// of a type that cannot overflow or lose much (f32 for f32), and is then emptied into 64-bit lanes. So the
// f32 error does not grow with n. The blocks' results are combined in a tree.

#include <algorithm>
#include <cmath>
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
using gathered_t = std::conditional_t<floating_element<T>, double, accumulator_t<T>>;

// The terms of the sums. `add(acc, block)` adds those of a block of the loop to registers of `run`, of which one takes
// `lanes` elements at a time; 8192 elements must not overflow them. `correction(n)` is added to the sum of n terms.

/// What is done to an element before it is added up.
struct as_it_is {
  template <class V>
  LANEWISE_TARGET_INLINE V operator()(V v) const {
    return v;
  }
};
struct magnitude {
  template <class V>
  LANEWISE_TARGET_INLINE V operator()(V v) const {
    return abs(v);
  }
};

/// Floating-point elements as they are, 16-bit floats in f32, integers of 16 bits in 32 and wider ones in 64.
template <class T, class Map = as_it_is>
struct sum_terms {
  using run =
      std::conditional_t<floating_element<T>, accumulator_t<T>,
                         std::conditional_t<sizeof(T) != 2, gathered_t<T>,
                                            std::conditional_t<std::is_signed_v<T>, std::int32_t, std::uint32_t>>>;
  static constexpr std::size_t lanes = native_width<run>;
  static constexpr gathered_t<T> correction(std::size_t) { return 0; }
  const T* x;
  template <class V, class Block>
  LANEWISE_TARGET_INLINE void add(V& acc, Block block) const {
    acc += Map()(cast<run>(block.load(x)));
  }
};

/// Eight bytes at a time: one instruction on x86 (4 to 6 times as fast as by conversion, AVX-512, Zen 5, 2026-11).
/// Signed ones are moved by 128, which the correction takes back.
template <class T>
  requires(sizeof(T) == 1)
struct sum_terms<T, as_it_is> {
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
template <class T>
  requires(sizeof(T) == 1)
struct sum_terms<T, magnitude> {
  using run = std::uint64_t;
  static constexpr std::size_t lanes = native_width<T>;
  static constexpr gathered_t<T> correction(std::size_t) { return 0; }
  const T* x;
  template <class V, class Block>
  LANEWISE_TARGET_INLINE void add(V& acc, Block block) const {
    acc += sums_of_8(bit_cast<std::uint8_t>(abs(block.load(x))));
  }
};

/// Products of floating-point numbers, of 64 bits, and of 16 bits in 64.
template <class T>
struct dot_terms {
  using run = std::conditional_t<floating_element<T>, T, gathered_t<T>>;
  static constexpr std::size_t lanes = native_width<run>;
  static constexpr gathered_t<T> correction(std::size_t) { return 0; }
  const T* x;
  const T* y;
  template <class V, class Block>
  LANEWISE_TARGET_INLINE void add(V& acc, Block block) const {
    const auto a = cast<run>(block.load(x)), b = cast<run>(block.load(y));
    if constexpr (floating_element<T>) {
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

/// 32 bits: products of even and of odd lanes, in 64 bits, without a conversion. 16-bit floats: likewise, in f32.
template <class T>
  requires((integer_element<T> && sizeof(T) == 4) || half_element<T>)
struct dot_terms<T> {
  using run = std::conditional_t<half_element<T>, float, gathered_t<T>>;
  static constexpr std::size_t lanes = native_width<T>;
  static constexpr gathered_t<T> correction(std::size_t) { return 0; }
  const T* x;
  const T* y;
  template <class V, class Block>
  LANEWISE_TARGET_INLINE void add(V& acc, Block block) const {
    acc = dot_accumulate(acc, block.load(x), block.load(y));
  }
};

/// Squares in f64 of the elements times `scale`.
template <class T>
struct wide_square_terms {
  using run = double;
  static constexpr std::size_t lanes = native_width<double>;
  static constexpr double correction(std::size_t) { return 0; }
  const T* x;
  double scale;
  template <class V, class Block>
  LANEWISE_TARGET_INLINE void add(V& acc, Block block) const {
    const auto v = cast<double>(block.load(x)) * scale;
    acc = fma(v, v, acc);
  }
};

/// The sum of the terms of [begin, end).
template <class G, class Terms>
LANEWISE_TARGET_INLINE G sum_runs(std::size_t begin, std::size_t end, Terms terms) {
  using run_t = typename Terms::run;
  constexpr std::size_t native = native_width<run_t>;
  constexpr std::size_t lanes = Terms::lanes;
  constexpr std::size_t length = std::same_as<run_t, float> ? reduce_f32_terms * 4 * lanes : reduce_run;
  static_assert(reduce_run % length == 0 && length % (4 * lanes) == 0);
  simd<G, native> total{};
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
    total += cast<G>((lower_half(pairs) + upper_half(pairs)) + rest);
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

/// The terms of all n elements, each block's summed in G.
template <class G, class Terms>
LANEWISE_TARGET_INLINE G sum_blocks(std::size_t n, executor_ref executor, Terms terms) {
  if (n == 0) return 0;
  return reduce_blocks<G>(
      n, executor, [&](std::size_t begin, std::size_t end) LANEWISE_ATTR { return sum_runs<G>(begin, end, terms); },
      add_partial_sums<G>);
}

template <element T>
accumulator_t<T> sum(const T* x, std::size_t n, executor_ref executor) {
  return static_cast<accumulator_t<T>>(sum_blocks<gathered_t<T>>(n, executor, sum_terms<T>{x}));
}

template <element T>
accumulator_t<T> dot(const T* x, const T* y, std::size_t n, executor_ref executor) {
  return static_cast<accumulator_t<T>>(sum_blocks<gathered_t<T>>(n, executor, dot_terms<T>{x, y}));
}

template <element T>
accumulator_t<T> sum_of_squares(const T* x, std::size_t n, executor_ref executor) {
  return static_cast<accumulator_t<T>>(sum_blocks<gathered_t<T>>(n, executor, dot_terms<T>{x, x}));
}

template <element T>
magnitude_t<T> norm1(const T* x, std::size_t n, executor_ref executor) {
  return static_cast<magnitude_t<T>>(sum_blocks<gathered_t<T>>(n, executor, sum_terms<T, magnitude>{x}));
}

template <element T>
norm_t<T> norm2(const T* x, std::size_t n, executor_ref executor) {
  if constexpr (integer_element<T> && sizeof(T) <= 2) {
    return std::sqrt(static_cast<double>(sum_blocks<gathered_t<T>>(n, executor, dot_terms<T>{x, x})));
  } else if constexpr (integer_element<T>) {
    return std::sqrt(sum_blocks<double>(n, executor, wide_square_terms<T>{x, 1.0}));
  } else {
    // Squares that overflow or lose bits below the normal numbers are rare: then once more, in a wider range.
    const double squares = sum_blocks<double>(n, executor, dot_terms<T>{x, x});
    constexpr double least = sizeof(T) == 8 ? 0x1p-900 : 0x1p-80;
    if (squares >= least && squares < std::numeric_limits<double>::infinity()) [[likely]]
      return static_cast<norm_t<T>>(std::sqrt(squares));
    if constexpr (sizeof(T) < 8) {
      return static_cast<norm_t<T>>(std::sqrt(sum_blocks<double>(n, executor, wide_square_terms<T>{x, 1.0})));
    } else {
      const double scale = squares < 1 ? 0x1p600 : 0x1p-600;
      return std::sqrt(sum_blocks<double>(n, executor, wide_square_terms<T>{x, scale})) / scale;
    }
  }
}

/// This target's reductions.
template <element T>
constexpr detail::reduce_kernels<T> target_kernels(const detail::reduce_kernels<T>*, this_target*) {
  return {.sum = &sum<T>, .dot = &dot<T>, .sum_of_squares = &sum_of_squares<T>, .norm1 = &norm1<T>, .norm2 = &norm2<T>};
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_KERNELS_DETAIL_REDUCE_HPP
