// SPDX-License-Identifier: MIT
// The assignment of k-means and the distances of its start: register tiles of centres x points, with what becomes of
// the distances in the epilogue, so that they are never stored.
//
// A tile holds R centres, broadcast, and one panel of points, on the lanes, in R accumulators of simd<T, panel>. What
// it computes for a point x and a centre c is |c|^2 - 2 x.c, which orders the centres as the distance does: one fma for
// each coordinate, the -2 in the packed centre. Where that form's rounding leaves the two nearest centres in doubt, the
// point's distances are computed again directly in f64.

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

#include "lanewise/kernels/detail/kmeans_kernels.hpp"
#include "lanewise/loops/static_for.hpp"
#include "lanewise/loops/vectorize.hpp"
#include "lanewise/simd/arithmetic.hpp"
#include "lanewise/simd/convert.hpp"
#include "lanewise/simd/reduce.hpp"

#if defined(LANEWISE_KERNELS_DETAIL_KMEANS_ASSIGN_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_KERNELS_DETAIL_KMEANS_ASSIGN_HPP
#undef LANEWISE_KERNELS_DETAIL_KMEANS_ASSIGN_HPP
#else
#define LANEWISE_KERNELS_DETAIL_KMEANS_ASSIGN_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

// The shape of the tile: kmeans_tile accumulators of kmeans_vectors registers, one register for each coordinate of the
// points and one for a centre's, within the 32 or 16 registers that there are. On AVX-512 no slower than
// 10 x 2 and faster than 14 x 2, 6 x 4 and 24 x 1 (Zen 5, 2026-11: 90 % of the FMA peak for d = 128, k = 1000). With a
// sanitizer, large tiles take minutes to compile.
inline constexpr bool kmeans_sanitized = HWY_IS_ASAN || HWY_IS_TSAN || HWY_IS_MSAN || HWY_IS_UBSAN;
inline constexpr std::size_t kmeans_tile = kmeans_sanitized ? 3 : LANEWISE_VECTOR_REGISTERS == 32 ? 12 : 6;
inline constexpr std::size_t kmeans_vectors = 2;

/// Candidates in a tile of the start, which needs registers for differences too.
inline constexpr std::size_t kmeans_candidate_tile = kmeans_tile * 2 / 3;

template <element T>
inline constexpr std::size_t kmeans_panel{kmeans_vectors * native_width<T>};

template <element T>
using kmeans_lanes = simd<T, kmeans_panel<T>>;

template <element T>
using kmeans_index = std::conditional_t<sizeof(T) == 4, std::int32_t, std::int64_t>;

/// Cuts k centres into as few tiles of at most `most` as possible, of equal size give or take one, and calls
/// body(first, size) for each.
template <std::size_t most, class Body>
LANEWISE_TARGET_INLINE void for_kmeans_tiles(std::size_t k, Body body) {
  const std::size_t tiles = (k - 1) / most + 1;
  for (std::size_t t = 0, first = 0; t < tiles; ++t) {
    const std::size_t size = k / tiles + (t < k % tiles ? 1 : 0);
    body(first, size);
    first += size;
  }
}

/// body<size>() for a size from 1 to R that is known at run time.
template <std::size_t R, class Body>
LANEWISE_TARGET_INLINE void with_kmeans_tile(std::size_t size, Body&& body) {
  if (size == R) {
    body.template operator()<R>();
  } else if constexpr (R > 1) {
    with_kmeans_tile<R - 1>(size, body);
  }
}

/// Centres (k x d) times factor, tile by tile: for each coordinate, that of all centres of the tile.
template <std::size_t most, element T>
void pack_kmeans_tiles(const double* centres, std::size_t k, std::size_t d, double factor, T* packed) {
  for_kmeans_tiles<most>(k, [&](std::size_t first, std::size_t size) LANEWISE_ATTR {
    T* tile = packed + first * d;
    for (std::size_t r = 0; r < size; ++r) {
      const double* centre = centres + (first + r) * d;
      for (std::size_t f = 0; f < d; ++f) tile[f * size + r] = static_cast<T>(factor * centre[f]);
    }
  });
}

template <element T>
void kmeans_pack_centres(const detail::kmeans_centres<T>& centres, std::size_t d) {
  pack_kmeans_tiles<kmeans_tile>(centres.exact, centres.k, d, -2.0, centres.packed);
  for (std::size_t j = 0; j < centres.k; ++j) {
    double norm = 0;
    for (std::size_t f = 0; f < d; ++f) {
      const double c = static_cast<T>(centres.exact[j * d + f]);
      norm += c * c;
    }
    centres.norms[j] = static_cast<T>(norm);
  }
}

/// What the assignment keeps for each point of a panel.
template <element T>
struct kmeans_nearest {
  kmeans_lanes<T> best;    ///< least |c|^2 - 2 x.c so far
  kmeans_lanes<T> second;  ///< the one after it
  kmeans_lanes<T> label;   ///< bits of the best one's index
};

template <std::size_t R, element T>
LANEWISE_TARGET_INLINE void kmeans_assign_tile(const T* panel, std::size_t d, const T* tile, const T* norms,
                                               std::size_t first, kmeans_nearest<T>& nearest) {
  using lanes = kmeans_lanes<T>;
  using index = kmeans_index<T>;
  lanes acc[R];
  static_for<R>([&]<std::size_t r>() LANEWISE_ATTR_INLINE { acc[r] = lanes(norms[r]); });
  for (std::size_t f = 0; f < d; ++f) {
    const lanes x = lanes::load_aligned(panel + f * kmeans_panel<T>);
    static_for<R>([&]<std::size_t r>() LANEWISE_ATTR_INLINE { acc[r] = fma(x, lanes(tile[f * R + r]), acc[r]); });
  }
  static_for<R>([&]<std::size_t r>() LANEWISE_ATTR_INLINE {
    const lanes label = bit_cast<T>(simd<index, kmeans_panel<T>>(static_cast<index>(first + r)));
    nearest.label = select(acc[r] < nearest.best, label, nearest.label);
    nearest.second = min(nearest.second, max(nearest.best, acc[r]));
    nearest.best = min(nearest.best, acc[r]);
  });
}

/// The nearest centre of one point of a panel by the direct formula in f64, four centres at a time.
template <element T>
std::int32_t kmeans_nearest_exactly(const T* panel, std::size_t d, std::size_t lane, const double* centres,
                                    std::size_t k) {
  constexpr std::size_t group = 4;
  std::size_t label = 0;
  double best = std::numeric_limits<double>::infinity();
  for (std::size_t j = 0; j < k; j += group) {
    const double* centre[group];
    double distance[group] = {};
    for (std::size_t g = 0; g < group; ++g) centre[g] = centres + std::min(j + g, k - 1) * d;
    for (std::size_t f = 0; f < d; ++f) {
      const double x = panel[f * kmeans_panel<T> + lane];
      static_for<group>([&]<std::size_t g>() LANEWISE_ATTR_INLINE {
        const double difference = x - centre[g][f];
        distance[g] += difference * difference;
      });
    }
    for (std::size_t g = 0; g < group; ++g) {
      if (distance[g] < best) {
        best = distance[g];
        label = std::min(j + g, k - 1);
      }
    }
  }
  return static_cast<std::int32_t>(label);
}

/// By how much two values of |c|^2 - 2 x.c, one for a centre at this distance and one for a nearer one, may be in the
/// wrong order, if no centre is longer than `longest`. The dot product of d terms by fma, its start |c|^2 and the
/// rounded centre are off by at most (d + 4) u (|c|^2 + 2 |x||c|), u = epsilon / 2, for each of the two; |c| is at most
/// |x| + distance.
template <element T>
double kmeans_doubt(std::size_t d, double squared_norm, double squared_distance, double longest) {
  const double norm = std::sqrt(squared_norm);
  const double c = std::min(longest, norm + std::sqrt(squared_distance));
  return static_cast<double>(d + 4) * static_cast<double>(std::numeric_limits<T>::epsilon()) * c * (c + 2 * norm);
}

template <element T>
std::size_t kmeans_assign(const detail::kmeans_points<T>& points, const detail::kmeans_centres<T>& centres,
                          std::size_t begin, std::size_t end, const std::int32_t* before, std::int32_t* after) {
  constexpr std::size_t width = kmeans_panel<T>;
  using lanes = kmeans_lanes<T>;
  const std::size_t d = points.source.d;
  const double longest = std::sqrt(static_cast<double>(*std::max_element(centres.norms, centres.norms + centres.k)));
  // A bound of kmeans_doubt without square roots, which sorts out nearly all points: with |c| <= |x| + distance,
  // |c|^2 + 2 |x||c| <= 5 (|x|^2 + distance^2).
  const T doubt = static_cast<T>(5 * (d + 4)) * std::numeric_limits<T>::epsilon();
  std::size_t changed = 0;
  for (std::size_t i = begin; i < end; i += width) {
    const T* panel = points.panels + i * d;
    kmeans_nearest<T> nearest{std::numeric_limits<T>::max(), std::numeric_limits<T>::max(), lanes(T(0))};
    for_kmeans_tiles<kmeans_tile>(centres.k, [&](std::size_t first, std::size_t size) LANEWISE_ATTR_INLINE {
      with_kmeans_tile<kmeans_tile>(size, [&]<std::size_t R>() LANEWISE_ATTR_INLINE {
        kmeans_assign_tile<R>(panel, d, centres.packed + first * d, centres.norms + first, first, nearest);
      });
    });
    const auto label = cast<std::int32_t>(bit_cast<kmeans_index<T>>(nearest.label));
    label.store(after + i);

    const lanes norm = lanes::load_aligned(points.norms + i);
    const lanes gap = nearest.second - nearest.best;
    const lanes squared_distance = abs(norm + nearest.second);
    const auto close = gap < lanes(doubt) * (norm + squared_distance);
    const std::size_t count = std::min(width, end - i);
    if (any(close)) {
      const auto gaps = gap.to_array();
      const auto distances = squared_distance.to_array();
      for (std::size_t lane = 0; lane < count; ++lane) {
        if (static_cast<double>(gaps[lane]) < kmeans_doubt<T>(d, static_cast<double>(points.norms[i + lane]),
                                                              static_cast<double>(distances[lane]), longest)) {
          after[i + lane] = kmeans_nearest_exactly(panel, d, lane, centres.exact, centres.k);
        }
      }
    }

    using labels = simd<std::int32_t, width>;
    if (any(labels::load(after + i) != labels::load(before + i))) {
      for (std::size_t lane = 0; lane < count; ++lane) changed += before[i + lane] != after[i + lane] ? 1 : 0;
    }
  }
  return changed;
}

template <element T>
void kmeans_pack_candidates(const double* candidates, std::size_t count, std::size_t d, T* packed) {
  pack_kmeans_tiles<kmeans_candidate_tile>(candidates, count, d, 1.0, packed);
}

/// The direct formula: a point that coincides with a centre has distance 0, and is never drawn again.
template <std::size_t R, element T>
LANEWISE_NOINLINE void kmeans_nearer_tile(const T* panel, std::size_t d, const T* tile, const T* closest, std::size_t i,
                                          T* const* out, double* sums) {
  using lanes = kmeans_lanes<T>;
  lanes acc[R];
  static_for<R>([&]<std::size_t r>() LANEWISE_ATTR_INLINE { acc[r] = lanes(T(0)); });
  for (std::size_t f = 0; f < d; ++f) {
    const lanes x = lanes::load_aligned(panel + f * kmeans_panel<T>);
    static_for<R>([&]<std::size_t r>() LANEWISE_ATTR_INLINE {
      const lanes difference = x - lanes(tile[f * R + r]);
      acc[r] = fma(difference, difference, acc[r]);
    });
  }
  static_for<R>([&]<std::size_t r>() LANEWISE_ATTR_INLINE {
    const lanes nearer = min(lanes::load_aligned(closest + i), acc[r]);
    nearer.store_aligned(out[r] + i);
    sums[r] += reduce_add(cast<double>(nearer));
  });
}

template <element T>
void kmeans_nearer(const detail::kmeans_points<T>& points, std::size_t begin, std::size_t end, const T* packed,
                   std::size_t count, const T* closest, T* const* out, double* sums) {
  const std::size_t d = points.source.d;
  for (std::size_t c = 0; c < count; ++c) sums[c] = 0;
  for (std::size_t i = begin; i < end; i += kmeans_panel<T>) {
    for_kmeans_tiles<kmeans_candidate_tile>(count, [&](std::size_t first, std::size_t size) LANEWISE_ATTR_INLINE {
      with_kmeans_tile<kmeans_candidate_tile>(size, [&]<std::size_t R>() LANEWISE_ATTR_INLINE {
        kmeans_nearer_tile<R>(points.panels + i * d, d, packed + first * d, closest, i, out + first, sums + first);
      });
    });
  }
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_KERNELS_DETAIL_KMEANS_ASSIGN_HPP
