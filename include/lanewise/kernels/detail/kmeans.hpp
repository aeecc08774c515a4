// SPDX-License-Identifier: MIT
// Bodies of k-means for one target: packing, column moments, moving points between clusters, exact distances, and the
// table of all. The assignment is in kmeans_assign.hpp.

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "lanewise/kernels/detail/backend.hpp"
#include "lanewise/kernels/detail/kmeans_assign.hpp"
#include "lanewise/kernels/detail/kmeans_kernels.hpp"

#if defined(LANEWISE_KERNELS_DETAIL_KMEANS_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_KERNELS_DETAIL_KMEANS_HPP
#undef LANEWISE_KERNELS_DETAIL_KMEANS_HPP
#else
#define LANEWISE_KERNELS_DETAIL_KMEANS_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// Element (i, f).
template <element T>
LANEWISE_TARGET_INLINE const T* kmeans_at(const detail::kmeans_data<T>& data, std::size_t i, std::size_t f) {
  return data.x + static_cast<std::ptrdiff_t>(i) * data.row_stride + static_cast<std::ptrdiff_t>(f) * data.col_stride;
}

template <element T>
void kmeans_moments(const detail::kmeans_data<T>& data, std::size_t begin, std::size_t end, double* sums) {
  const std::size_t d = data.d;
  double* squares = sums + d;
  std::fill(sums, sums + 2 * d, 0.0);
  if (data.col_stride == 1 && d >= native_width<T> / 2) {
    for (std::size_t i = begin; i < end; ++i) {
      vectorize<native_width<T>, 1, tail::masked>(d, [&](auto block) LANEWISE_ATTR_INLINE {
        const auto x = cast<double>(block.load(kmeans_at(data, i, 0))) - cast<double>(block.load(data.x));
        block.store(sums, block.load(sums) + x);
        block.store(squares, fma(x, x, block.load(squares)));
      });
    }
    return;
  }
  constexpr std::size_t chains = 4;  // sums at a time, as each addition waits for the one before it
  for (std::size_t f = 0; f < d; ++f) {
    const double first = *kmeans_at(data, 0, f);
    double sum[chains] = {};
    double square[chains] = {};
    for (std::size_t i = begin; i < end; i += chains) {
      for (std::size_t c = 0; c < chains; ++c) {
        const double x = *kmeans_at(data, std::min(i + c, end - 1), f) - first;
        sum[c] += i + c < end ? x : 0;
        square[c] += i + c < end ? x * x : 0;
      }
    }
    sums[f] = (sum[0] + sum[1]) + (sum[2] + sum[3]);
    squares[f] = (square[0] + square[1]) + (square[2] + square[3]);
  }
}

template <element T>
void kmeans_pack(const detail::kmeans_points<T>& points, std::size_t begin, std::size_t end) {
  constexpr std::size_t width = kmeans_panel<T>;
  constexpr std::size_t strip = 16;  // columns at a time: what is written stays in L1, and cache lines are read whole
  using lanes = kmeans_lanes<T>;
  const auto& data = points.source;
  for (std::size_t i = begin; i < end; i += width) {
    T* panel = points.panels + i * data.d;
    const std::size_t count = std::min(width, end - i);
    lanes norm = T(0);
    for (std::size_t f0 = 0; f0 < data.d; f0 += strip) {
      const std::size_t f1 = std::min(data.d, f0 + strip);
      if (count < width || data.row_stride != 1) {
        for (std::size_t p = 0; p < width; ++p) {
          const T* x = kmeans_at(data, i + std::min(p, count - 1), f0);
          for (std::size_t f = f0; f < f1; ++f, x += data.col_stride) panel[f * width + p] = *x;
        }
      }
      for (std::size_t f = f0; f < f1; ++f) {
        T* row = panel + f * width;
        const lanes raw =
            count < width || data.row_stride != 1 ? lanes::load_aligned(row) : lanes::load(kmeans_at(data, i, f));
        lanes x = (raw - lanes(points.shift[f])) * lanes(points.scale);
        if (count < width) x = select(mask<T, width>::first(count), x, lanes(T(0)));
        x.store_aligned(row);
        norm = fma(x, x, norm);
      }
    }
    norm.store_aligned(points.norms + i);
  }
}

template <element T>
void kmeans_move(const detail::kmeans_points<T>& points, std::size_t begin, std::size_t end, const std::int32_t* before,
                 const std::int32_t* after, double* sums, std::int64_t* counts) {
  constexpr std::size_t width = kmeans_panel<T>;
  const auto& data = points.source;
  const std::size_t d = data.d;
  // The values are the same whichever way they are read: those of the panels.
  const auto move_row = [&](std::size_t i, double* from, double* to) LANEWISE_ATTR_INLINE {
    const T* row = kmeans_at(data, i, 0);
    vectorize<native_width<T>, 1, tail::masked>(d, [&](auto block) LANEWISE_ATTR_INLINE {
      const auto x = cast<double>((block.load(row) - block.load(points.shift)) * points.scale);
      if (from != nullptr) block.store(from, block.load(from) - x);
      block.store(to, block.load(to) + x);
    });
  };
  const auto move_lane = [&](std::size_t i, double* from, double* to) LANEWISE_ATTR_INLINE {
    const T* lane = points.panels + i / width * width * d + i % width;
    for (std::size_t f = 0; f < d; ++f) {
      const double x = lane[f * width];
      if (from != nullptr) from[f] -= x;
      to[f] += x;
    }
  };
  using labels = simd<std::int32_t, width>;
  for (std::size_t panel = begin; panel < end; panel += width) {
    if (none(labels::load(before + panel) != labels::load(after + panel))) continue;
    std::size_t moved[width];  // listed first: branches on which points moved would be mispredicted
    std::size_t count = 0;
    for (std::size_t i = panel; i < std::min(end, panel + width); ++i) {
      moved[count] = i;
      count += before[i] != after[i] ? 1 : 0;
    }
    for (std::size_t m = 0; m < count; ++m) {
      const std::size_t i = moved[m];
      const std::int32_t old = before[i];
      const std::int32_t now = after[i];
      double* from = old < 0 ? nullptr : sums + static_cast<std::size_t>(old) * d;
      double* to = sums + static_cast<std::size_t>(now) * d;
      if (data.col_stride == 1 && d >= native_width<T> / 2) {
        move_row(i, from, to);
      } else {
        move_lane(i, from, to);
      }
      if (old >= 0) --counts[old];
      ++counts[now];
    }
  }
}

template <element T>
double kmeans_distances(const detail::kmeans_points<T>& points, std::size_t begin, std::size_t end,
                        const double* centres, const std::int32_t* labels, double* each) {
  constexpr std::size_t width = kmeans_panel<T>;
  constexpr std::size_t strip = 16;  // columns whose centres' values are gathered before they are used
  using lanes = simd<double, width>;
  const std::size_t d = points.source.d;
  lanes total = 0.0;
  alignas(64) double gathered[strip * width];
  for (std::size_t i = begin; i < end; i += width) {
    const std::size_t count = std::min(width, end - i);
    const T* panel = points.panels + i * d;
    lanes distance = 0.0;
    for (std::size_t f0 = 0; f0 < d; f0 += strip) {
      const std::size_t columns = std::min(strip, d - f0);
      for (std::size_t p = 0; p < width; ++p) {
        const double* centre = centres + static_cast<std::size_t>(labels[i + std::min(p, count - 1)]) * d + f0;
        for (std::size_t f = 0; f < columns; ++f) gathered[f * width + p] = centre[f];
      }
      for (std::size_t f = 0; f < columns; ++f) {
        const lanes difference = cast<double>(kmeans_lanes<T>::load_aligned(panel + (f0 + f) * width)) -
                                 lanes::load_aligned(gathered + f * width);
        distance = fma(difference, difference, distance);
      }
    }
    distance = select(mask<double, width>::first(count), distance, lanes(0.0));
    total += distance;
    if (each != nullptr) distance.store_first(each + i, count);
  }
  return reduce_add(total);
}

/// This target's k-means.
template <element T>
constexpr detail::kmeans_kernels<T> target_kernels(const detail::kmeans_kernels<T>*, this_target*) {
  return {.panel = kmeans_panel<T>,
          .moments = &kmeans_moments<T>,
          .pack = &kmeans_pack<T>,
          .pack_centres = &kmeans_pack_centres<T>,
          .assign = &kmeans_assign<T>,
          .move = &kmeans_move<T>,
          .distances = &kmeans_distances<T>,
          .pack_candidates = &kmeans_pack_candidates<T>,
          .nearer = &kmeans_nearer<T>};
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_KERNELS_DETAIL_KMEANS_HPP
