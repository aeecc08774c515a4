// SPDX-License-Identifier: MIT
// Bodies of mean, variance and stddev: one pass over memory, the same result for any number of workers.
//
// A block's deviations from a guess of its mean are summed, and their squares; from those two sums its mean and its
// squares about that mean follow, and blocks are merged as Chan, Golub and LeVeque do (1983). The guess is the mean of
// the block's first elements. It need not be good: with a wrong one the second sum is larger than what is wanted from
// it, and where so much larger that digits are lost, the block is done again about the mean that is known by then.

#include <cmath>
#include <cstddef>
#include <limits>

#include "lanewise/kernels/detail/reduce.hpp"

#if defined(LANEWISE_KERNELS_DETAIL_STATISTICS_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_KERNELS_DETAIL_STATISTICS_HPP
#undef LANEWISE_KERNELS_DETAIL_STATISTICS_HPP
#else
#define LANEWISE_KERNELS_DETAIL_STATISTICS_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// What deviations of elements T are computed in: f32 where it holds T.
template <element T>
using deviation_t = std::conditional_t<sizeof(T) <= 2 || std::same_as<T, float>, float, double>;

/// The sums of the deviations of [begin, end) from `guess`, and of their squares, computed in D.
template <class D, element T>
LANEWISE_TARGET_INLINE detail::moments moments_about(const T* x, std::size_t begin, std::size_t end, D guess) {
  constexpr std::size_t lanes = native_width<D>, width = 4 * lanes;
  constexpr std::size_t length = reduce_f32_terms * width;
  const simd<D, width> center(guess);
  simd<double, lanes> total{}, total_squares{};
  for (std::size_t run = begin; run < end; run += length) {
    const std::size_t n = std::min(length, end - run);
    simd<D, width> sum{}, squares{};
    vectorize<width, 1, tail::masked>(n, [&](auto block) LANEWISE_ATTR_INLINE {
      block.index += run;
      auto d = cast<D>(block.load(x)) - center;
      if constexpr (!std::same_as<decltype(block), full_block<width>>) d = select(block.template active<D>(), d, D(0));
      sum += d;
      squares = fma(d, d, squares);
    });
    const auto folded = [](simd<D, width> v) LANEWISE_ATTR_INLINE {
      const auto pairs = lower_half(v) + upper_half(v);
      return cast<double>(lower_half(pairs) + upper_half(pairs));
    };
    total += folded(sum);
    total_squares += folded(squares);
  }
  const auto count = static_cast<double>(end - begin);
  const double sum = reduce_add(total), offset = sum / count;
  return {count, static_cast<double>(guess), offset, reduce_add(total_squares) - sum * offset};
}

/// Of a block.
template <element T>
LANEWISE_TARGET_INLINE detail::moments block_moments(const T* x, std::size_t begin, std::size_t end) {
  using D = deviation_t<T>;
  constexpr std::size_t lanes = native_width<D>;
  const std::size_t few = std::min(lanes, end - begin);
  D guess = reduce_add(cast<D>(simd<T, lanes>::load_first(x + begin, few))) / static_cast<D>(few);
  if (!std::isfinite(guess)) guess = 0;
  if constexpr (integer_element<T>) guess = std::nearbyint(guess);  // deviations of up to 16 bits are exact then
  auto m = moments_about<D>(x, begin, end, guess);
  // The squares about the guess were larger by count times the offset squared.
  if (m.count * m.offset * m.offset > 16 * m.squares && std::isfinite(m.mean())) [[unlikely]]
    m = moments_about<D>(x, begin, end, static_cast<D>(m.mean()));
  if constexpr (std::same_as<D, float>) {
    // Squares that overflow f32 or lose bits below its normal numbers.
    if (!(m.squares > 0x1p-80 * m.count && m.squares < std::numeric_limits<double>::infinity())) [[unlikely]]
      m = moments_about<double>(x, begin, end, std::isfinite(m.mean()) ? m.mean() : 0.0);
  }
  if (m.squares < 0) m.squares = 0;
  return m;
}

template <element T>
detail::moments mean_and_squares(const T* x, std::size_t n, executor_ref executor) {
  return reduce_blocks<detail::moments>(
      n, executor, [&](std::size_t begin, std::size_t end) LANEWISE_ATTR { return block_moments(x, begin, end); },
      [](const detail::moments& a, const detail::moments& b) {
        const double count = a.count + b.count, share = b.count / count;
        const double apart = (b.origin - a.origin) + (b.offset - a.offset);
        return detail::moments{count, a.origin, a.offset + apart * share,
                               a.squares + b.squares + apart * apart * a.count * share};
      });
}

template <element T>
double mean(const T* x, std::size_t n, executor_ref executor) {
  // Deviations have smaller sums, with smaller errors, than the elements; sums of 64-bit integers may wrap.
  constexpr bool by_deviations = std::same_as<deviation_t<T>, float> ? floating_element<T> : integer_element<T>;
  if constexpr (by_deviations) {
    const double mean = mean_and_squares(x, n, executor).mean();
    if (integer_element<T> || std::isfinite(mean)) return mean;
  }
  return static_cast<double>(sum_blocks<gathered_t<T>>(n, executor, sum_terms<T>{x})) / static_cast<double>(n);
}

/// This target's statistics.
template <element T>
constexpr detail::statistics_kernels<T> target_kernels(const detail::statistics_kernels<T>*, this_target*) {
  return {.mean = &mean<T>, .mean_and_squares = &mean_and_squares<T>};
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_KERNELS_DETAIL_STATISTICS_HPP
