// SPDX-License-Identifier: MIT
// Bodies of min, max, minmax, argmin and argmax: one pass over memory, the same result for any number of workers.
//
// argmin runs as fast as min: it compares whole chunks of the input, remembers the chunk, and looks for the position
// in that chunk when all have been seen.

#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>

#include "lanewise/kernels/detail/backend.hpp"
#include "lanewise/kernels/detail/reduce_kernels.hpp"
#include "lanewise/loops/detail/reduce_blocks.hpp"
#include "lanewise/loops/vectorize.hpp"
#include "lanewise/simd/arithmetic.hpp"
#include "lanewise/simd/reduce.hpp"

#if defined(LANEWISE_KERNELS_DETAIL_EXTREMA_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_KERNELS_DETAIL_EXTREMA_HPP
#undef LANEWISE_KERNELS_DETAIL_EXTREMA_HPP
#else
#define LANEWISE_KERNELS_DETAIL_EXTREMA_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// What comes first in the order that min, or max, goes by: of two vectors; whether a does; what every other beats.
struct smallest {
  template <element T>
  static constexpr T worst = greatest<T>;
  template <class V>
  LANEWISE_TARGET_INLINE V operator()(V a, V b) const {
    return min(a, b);
  }
  template <class V>
  LANEWISE_TARGET_INLINE auto beats(V a, V b) const {
    return a < b;
  }
};
struct largest {
  template <element T>
  static constexpr T worst = least<T>;
  template <class V>
  LANEWISE_TARGET_INLINE V operator()(V a, V b) const {
    return max(a, b);
  }
  template <class V>
  LANEWISE_TARGET_INLINE auto beats(V a, V b) const {
    return a > b;
  }
};

/// Lanes among which the first elements are, by each of several orders, and whether a NaN was met, whose lane then is
/// without meaning.
template <class T, std::size_t orders>
struct first_lanes {
  std::array<simd<T>, orders> best;
  bool nan;
};

/// Of x[begin] to x[end - 1].
template <element T, class... Order>
LANEWISE_TARGET_INLINE first_lanes<T, sizeof...(Order)> first_of(const T* x, std::size_t begin, std::size_t end,
                                                                 Order... order) {
  // Single registers, and a comparison for each two of them: with wider simds g++ 12 loads all elements twice.
  constexpr std::size_t width = native_width<T>, orders = sizeof...(Order);
  using v = simd<T>;
  v best[4][orders] = {{Order::template worst<T>...},
                       {Order::template worst<T>...},
                       {Order::template worst<T>...},
                       {Order::template worst<T>...}};
  mask<T> nan[2] = {mask<T>(false), mask<T>(false)};
  const auto update = [&](v(&registers)[orders], v a) LANEWISE_ATTR_INLINE {
    [&]<std::size_t... o>(std::index_sequence<o...>)
        LANEWISE_ATTR_INLINE { ((registers[o] = order(a, registers[o])), ...); }(std::index_sequence_for<Order...>());
  };
  std::size_t i = begin;
  for (; end - i >= 4 * width; i += 4 * width) {
    static_for<2>([&]<std::size_t r>() LANEWISE_ATTR_INLINE {
      const v a = v::load(x + i + 2 * r * width), b = v::load(x + i + (2 * r + 1) * width);
      update(best[2 * r], a);
      update(best[2 * r + 1], b);
      if constexpr (floating_element<T>) nan[r] |= either_is_nan(a, b);
    });
  }
  vectorize<width, 1, tail::masked>(end - i, [&](auto block) LANEWISE_ATTR_INLINE {
    [&]<std::size_t... o>(std::index_sequence<o...>) LANEWISE_ATTR_INLINE {
      ((best[0][o] = order(block.load(x + i, Order::template worst<T>), best[0][o])), ...);
    }(std::index_sequence_for<Order...>());
    if constexpr (floating_element<T>) {
      const v a = block.load(x + i);
      nan[0] |= either_is_nan(a, a);
    }
  });
  bool met_nan = false;
  if constexpr (floating_element<T>) met_nan = any(nan[0] | nan[1]);
  return [&]<std::size_t... o>(std::index_sequence<o...>) LANEWISE_ATTR_INLINE {
    return first_lanes<T, orders>{{order(order(best[0][o], best[1][o]), order(best[2][o], best[3][o]))...}, met_nan};
  }(std::index_sequence_for<Order...>());
}

/// The first element by each order; NaN if there is one.
template <class T, class... Order>
LANEWISE_TARGET_INLINE std::array<T, sizeof...(Order)> extremes(const T* x, std::size_t n, executor_ref executor,
                                                                Order... order) {
  using result = std::array<T, sizeof...(Order)>;
  const auto by_order = [&](auto f) LANEWISE_ATTR {
    return [&]<std::size_t... o>(std::index_sequence<o...>) LANEWISE_ATTR {
      return result{f(std::integral_constant<std::size_t, o>(), order)...};
    }(std::index_sequence_for<Order...>());
  };
  return reduce_blocks<result>(
      n, executor,
      [&](std::size_t begin, std::size_t end) LANEWISE_ATTR {
        const auto first = first_of(x, begin, end, order...);
        return by_order([&](auto o, auto before) LANEWISE_ATTR -> T {
          if constexpr (floating_element<T>) {
            if (first.nan) return std::numeric_limits<T>::quiet_NaN();
          }
          return reduce(first.best[o], before);
        });
      },
      [&](const result& a, const result& b) LANEWISE_ATTR {
        return by_order([&](auto o, auto before) LANEWISE_ATTR {
          if (a[o] != a[o]) return a[o];
          if (b[o] != b[o]) return b[o];
          return before(simd<T, 1>(a[o]), simd<T, 1>(b[o]))[0];
        });
      });
}

template <element T>
T min(const T* x, std::size_t n, executor_ref executor) {
  return extremes(x, n, executor, smallest())[0];
}

template <element T>
T max(const T* x, std::size_t n, executor_ref executor) {
  return extremes(x, n, executor, largest())[0];
}

template <element T>
min_and_max<T> minmax(const T* x, std::size_t n, executor_ref executor) {
  const auto [least, greatest] = extremes(x, n, executor, smallest(), largest());
  return {least, greatest};
}

/// The position of the first element for which `found` is true; `end` if there is none.
template <element T, class Found>
LANEWISE_TARGET_INLINE std::size_t find_first(const T* x, std::size_t begin, std::size_t end, Found found) {
  constexpr std::size_t width = native_width<T>;
  for (std::size_t i = begin; i < end; i += width) {
    const std::size_t count = std::min(width, end - i);
    const auto m = found(simd<T>::load_first(x + i, count)) & mask<T>::first(count);
    if (any(m)) return i + first_set(m);
  }
  return end;
}

// Elements between two looks at the best so far, which cost some 5 cycles.
inline constexpr std::size_t argmin_chunk = 4096;

/// The position of the first element by `order`, of the first among equals; of the first NaN if there is one.
template <class T, class Order>
LANEWISE_TARGET_INLINE std::size_t position_of_first(const T* x, std::size_t n, executor_ref executor, Order order) {
  struct candidate {
    T best;
    bool nan;
    std::size_t chunk;  // where the chunk with it begins
  };
  const candidate winner = reduce_blocks<candidate>(
      n, executor,
      [&](std::size_t begin, std::size_t end) LANEWISE_ATTR {
        candidate c{Order::template worst<T>, false, begin};
        for (std::size_t chunk = begin; chunk < end; chunk += argmin_chunk) {
          const auto first = first_of(x, chunk, std::min(chunk + argmin_chunk, end), order);
          if (first.nan) return candidate{c.best, true, chunk};
          if (any(order.beats(first.best[0], simd<T>(c.best)))) c = {reduce(first.best[0], order), false, chunk};
        }
        return c;
      },
      [&](const candidate& a, const candidate& b) LANEWISE_ATTR {
        if (a.nan || b.nan) return a.nan ? a : b;
        return any(order.beats(simd<T, 1>(b.best), simd<T, 1>(a.best))) ? b : a;
      });
  const std::size_t end = std::min(winner.chunk + argmin_chunk, n);
  if constexpr (floating_element<T>) {
    if (winner.nan) return find_first(x, winner.chunk, end, [](auto v) LANEWISE_ATTR_INLINE { return is_nan(v); });
  }
  return find_first(x, winner.chunk, end, [&](auto v) LANEWISE_ATTR_INLINE { return v == decltype(v)(winner.best); });
}

template <element T>
std::size_t argmin(const T* x, std::size_t n, executor_ref executor) {
  return position_of_first(x, n, executor, smallest());
}

template <element T>
std::size_t argmax(const T* x, std::size_t n, executor_ref executor) {
  return position_of_first(x, n, executor, largest());
}

/// This target's extrema.
template <element T>
constexpr detail::extrema_kernels<T> target_kernels(const detail::extrema_kernels<T>*, this_target*) {
  return {.min = &min<T>, .max = &max<T>, .minmax = &minmax<T>, .argmin = &argmin<T>, .argmax = &argmax<T>};
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_KERNELS_DETAIL_EXTREMA_HPP
