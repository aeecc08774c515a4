// SPDX-License-Identifier: MIT
// Lanes moved to places known at compile time: shuffle, reverse, rotate, shift_lanes, slice, broadcast, insert, join,
// split, lower_half, upper_half, interleave, deinterleave. What happens at run time stands in permute.hpp.

#include "lanewise/config/shuffle.hpp"
#include "lanewise/simd/simd.hpp"

#if defined(LANEWISE_SIMD_SHUFFLE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_SHUFFLE_HPP
#undef LANEWISE_SIMD_SHUFFLE_HPP
#else
#define LANEWISE_SIMD_SHUFFLE_HPP
#endif

LANEWISE_BEGIN_TARGET

namespace impl {

// A pattern is a type with `static constexpr int of(std::size_t k)`: the lane, counted through all inputs, that becomes
// lane k; -1 for a lane that is 0.

template <int... i>
struct listed {
  static constexpr int of(std::size_t k) {
    constexpr int list[] = {i...};
    return list[k];
  }
};
template <std::size_t n>
struct reversed {
  static constexpr int of(std::size_t k) { return static_cast<int>(n - 1 - k); }
};
template <std::size_t n, int by>
struct rotated {
  static constexpr int of(std::size_t k) {
    constexpr int size = static_cast<int>(n);
    return (static_cast<int>(k) + by % size + size) % size;
  }
};
/// Lanes from the second input where they come from outside the first.
template <std::size_t n, int by>
struct shifted {
  static constexpr int of(std::size_t k) {
    const int from = static_cast<int>(k) + by;
    return from >= 0 && from < static_cast<int>(n) ? from : static_cast<int>(n + k);
  }
};
template <int first, int step = 1>
struct every {
  static constexpr int of(std::size_t k) { return first + step * static_cast<int>(k); }
};
template <std::size_t n>
struct interleaved {
  static constexpr int of(std::size_t k) { return static_cast<int>(k / 2 + k % 2 * n); }
};
/// The first n lanes, but m of them, from `offset`, from the second input.
template <std::size_t n, std::size_t m, std::size_t offset>
struct inserted {
  static constexpr int of(std::size_t k) {
    return static_cast<int>(k < offset || k >= offset + m ? k : n + k - offset);
  }
};

/// What the r-th register of the result, of `lanes` lanes, takes from the inputs' `registers` registers of
/// `from_lanes`. Zero counts as one more of them.
template <class Pattern, std::size_t r, std::size_t lanes, std::size_t from_lanes, std::size_t registers,
          bool is_cut_by_instruction>
struct shuffle_plan {
  static constexpr std::size_t result_lanes = lanes;
  static constexpr std::size_t source_of(std::size_t k) {
    const int from = Pattern::of(r * lanes + k);
    return from < 0 ? registers : static_cast<std::size_t>(from) / from_lanes;
  }
  static constexpr std::size_t lane_of(std::size_t k) {
    const int from = Pattern::of(r * lanes + k);
    return from < 0 ? 0 : static_cast<std::size_t>(from) % from_lanes;
  }
  static constexpr bool uses(std::size_t source) {
    for (std::size_t k = 0; k < lanes; ++k) {
      if (source_of(k) == source) return true;
    }
    return false;
  }
  /// The registers that are used, in order.
  static constexpr std::size_t count = [] {
    std::size_t at = 0;
    for (std::size_t s = 0; s <= registers; ++s) at += uses(s);
    return at;
  }();
  static constexpr std::array<std::size_t, count> sources = [] {
    std::array<std::size_t, count> used{};
    std::size_t at = 0;
    for (std::size_t s = 0; s <= registers; ++s) {
      if (uses(s)) used[at++] = s;
    }
    return used;
  }();
  /// Whether all lanes lie in one aligned part, as long as the result, of one register.
  static constexpr bool is_in_one_part = [] {
    for (std::size_t k = 0; k < lanes; ++k) {
      if (source_of(k) != sources[0] || lane_of(k) / lanes != lane_of(0) / lanes) return false;
    }
    return lanes < from_lanes && sources[0] < registers && is_cut_by_instruction;
  }();
};

/// The patterns of a plan's single steps. Of one or two registers, used[i] and used[i + 1], `width` lanes each:
template <class Plan, std::size_t i, std::size_t width>
struct picked {
  static constexpr int of(std::size_t k) {
    if (k >= Plan::result_lanes) return -1;
    if (Plan::source_of(k) == Plan::sources[i]) return static_cast<int>(Plan::lane_of(k));
    if (i + 1 < Plan::count && Plan::source_of(k) == Plan::sources[i + 1 < Plan::count ? i + 1 : i]) {
      return static_cast<int>(width + Plan::lane_of(k));
    }
    return -1;
  }
};
/// Of two intermediate results, of which the second has all lanes from used[middle] on:
template <class Plan, std::size_t middle, std::size_t width>
struct merge {
  static constexpr int of(std::size_t k) {
    if (k >= Plan::result_lanes) return -1;
    for (std::size_t i = 0; i < middle; ++i) {
      if (Plan::source_of(k) == Plan::sources[i]) return static_cast<int>(k);
    }
    return static_cast<int>(width + k);
  }
};
/// Of the one part.
template <class Plan>
struct within_part {
  static constexpr int of(std::size_t k) { return static_cast<int>(Plan::lane_of(k) % Plan::result_lanes); }
};

/// Whether a pattern takes lanes first, first + step, ..., of two registers or, where `wraps`, of one.
template <class Pattern>
constexpr bool is_every(std::size_t lanes, int first, int step, bool wraps) {
  for (std::size_t k = 0; k < lanes; ++k) {
    int from = first + step * static_cast<int>(k);
    if (wraps) from %= static_cast<int>(lanes);
    if (Pattern::of(k) >= 0 && Pattern::of(k) != from) return false;
  }
  return true;
}
/// The first lane of a pattern that takes consecutive ones, or -1.
template <class Pattern>
constexpr int first_of_consecutive(std::size_t lanes, bool wraps) {
  for (int first = 1; first < static_cast<int>(lanes); ++first) {
    if (is_every<Pattern>(lanes, first, 1, wraps)) return first;
  }
  return -1;
}

/// Where the lanes end that a pattern uses.
template <class Pattern>
constexpr std::size_t first_of_unused(std::size_t lanes) {
  while (lanes > 0 && Pattern::of(lanes - 1) < 0) --lanes;
  return lanes;
}

/// The compilers' choice of instructions, but for patterns where g++ 12 takes far more of them than needed (2026-11):
/// on SSE2 it goes through memory or general registers, on AVX2 it gathers even lanes in 5 instructions instead of 2,
/// on AVX-512 without VBMI it moves bytes in 5 to 8 instead of 2 or 3.
template <class Pattern, bool one_input, class V>
LANEWISE_TARGET_INLINE V shuffle_one_or_two(V a, V b) {
  constexpr hn::DFromV<V> d;
  constexpr std::size_t lanes = hn::MaxLanes(d);
  constexpr std::size_t size = sizeof(hn::TFromV<V>);
  constexpr bool is_sse2 = HWY_TARGET == HWY_SSE2;
  constexpr bool is_bytes_of_avx512 = HWY_TARGET == HWY_AVX3 && size == 1 && lanes == 64;
  if constexpr (lanes > 1 && (is_sse2 || is_bytes_of_avx512)) {
    constexpr int first = first_of_consecutive<Pattern>(lanes, one_input);
    if constexpr (is_every<Pattern>(lanes, 0, 1, false)) {
      return a;
    } else if constexpr (size <= 2 && is_every<Pattern>(lanes, lanes - 1, -1, false)) {
      return hn::Reverse(d, a);
    } else if constexpr (is_bytes_of_avx512 && Pattern::of(0) >= 0 && Pattern::of(0) < static_cast<int>(lanes) &&
                         is_every<Pattern>(lanes, Pattern::of(0), 0, false)) {
      return hn::BroadcastLane<Pattern::of(0)>(a);
    } else if constexpr (is_bytes_of_avx512 && first > 0) {
      // The 16-byte blocks from which each block's first and last bytes come.
      constexpr hn::Repartition<std::uint64_t, decltype(d)> blocks;
      const auto lower = hn::BitCast(blocks, a);
      const auto upper = hn::BitCast(blocks, b);
      const auto from = hn::BitCast(d, shuffle_registers<every<first / 16 * 2>>(lower, upper));
      if constexpr (first % 16 == 0) {
        return from;
      } else {
        const auto next = hn::BitCast(d, shuffle_registers<every<first / 16 * 2 + 2>>(lower, upper));
        return hn::CombineShiftRightBytes<first % 16>(d, next, from);
      }
    } else if constexpr (is_sse2 && first > 0 && one_input &&
                         first_of_unused<Pattern>(lanes) + static_cast<std::size_t>(first) <= lanes) {
      constexpr hn::Full128<std::uint8_t> bytes;
      return hn::ResizeBitCast(d, hn::ShiftRightBytes<first * size>(bytes, hn::ResizeBitCast(bytes, a)));
    } else if constexpr (is_sse2 && first > 0) {
      return hn::CombineShiftRightLanes<first>(d, b, a);
    } else {
      return shuffle_registers<Pattern>(a, b);
    }
  } else if constexpr (HWY_TARGET == HWY_AVX2 && size == 4 && lanes == 8 && !one_input) {
    if constexpr (is_every<Pattern>(lanes, 0, 2, false)) {
      return hn::ConcatEven(d, b, a);
    } else if constexpr (is_every<Pattern>(lanes, 1, 2, false)) {
      return hn::ConcatOdd(d, b, a);
    } else {
      return shuffle_registers<Pattern>(a, b);
    }
  } else {
    return shuffle_registers<Pattern>(a, b);
  }
}

/// One register of the plan's result from its sources [i, i + n): source(s) is the register s, as D's.
template <class Plan, std::size_t i, std::size_t n, class D, class Source>
LANEWISE_TARGET_INLINE auto shuffle_sources(D d, Source source) {
  constexpr std::size_t lanes = hn::MaxLanes(d);
  if constexpr (n <= 2) {
    const auto a = source(std::integral_constant<std::size_t, Plan::sources[i]>());
    const auto b = source(std::integral_constant<std::size_t, Plan::sources[i + n - 1]>());
    return shuffle_one_or_two<picked<Plan, i, lanes>, n == 1>(a, b);
  } else {
    constexpr std::size_t first = n <= 4 ? 2 : 4 * ((n + 7) / 8);
    const auto a = shuffle_sources<Plan, i, first>(d, source);
    const auto b = shuffle_sources<Plan, i + first, n - first>(d, source);
    return shuffle_registers<merge<Plan, i + first, lanes>>(a, b);
  }
}

/// The r-th register of M lanes of a and b by a pattern.
template <class Pattern, std::size_t M, std::size_t r, element T, std::size_t N>
LANEWISE_TARGET_INLINE auto shuffle_into_register(simd<T, N> a, simd<T, N> b) {
  using to = simd<T, M>;
  using from = simd<T, N>;
  constexpr std::size_t lanes = to::lanes_per_register;
  // Halves of 16 bytes and less are no registers of their own.
  using plan = shuffle_plan<Pattern, r, lanes, from::lanes_per_register, 2 * from::registers,
                            (from::lanes_per_register * sizeof(T) > 16)>;
  if constexpr (plan::is_in_one_part) {
    constexpr std::size_t s = plan::sources[0];
    constexpr std::size_t first = plan::lane_of(0) / lanes * lanes;
    const auto part =
        part_of<first, lanes>(s < from::registers ? a.native(s % from::registers) : b.native(s % from::registers));
    return shuffle_one_or_two<within_part<plan>, true>(part, part);
  } else {
    using larger = std::conditional_t<(M > N), to, from>;
    constexpr typename larger::tag d;
    const auto source = [&](auto s) LANEWISE_ATTR_INLINE {
      constexpr typename larger::tag tag;
      if constexpr (s < from::registers) {
        return hn::ResizeBitCast(tag, a.native(s));
      } else if constexpr (s < 2 * from::registers) {
        return hn::ResizeBitCast(tag, b.native(s - from::registers));
      } else {
        return hn::Zero(tag);
      }
    };
    return hn::ResizeBitCast(typename to::tag(), shuffle_sources<plan, 0, plan::count>(d, source));
  }
}

/// M lanes of a and b by a pattern. Registers from which nothing is taken are not touched.
template <class Pattern, std::size_t M, element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, M> shuffle_by(simd<T, N> a, simd<T, N> b) {
  return simd<T, M>::make([&](auto r) LANEWISE_ATTR_INLINE { return shuffle_into_register<Pattern, M, r()>(a, b); });
}

/// The same lanes, and more behind them that are not to be used.
template <std::size_t M, element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, M> with_room_for(simd<T, N> v) {
  return simd<T, M>::make([&](auto r) LANEWISE_ATTR_INLINE {
    constexpr std::size_t from = r < simd<T, N>::registers ? std::size_t{r} : 0;
    return hn::ResizeBitCast(typename simd<T, M>::tag(), v.native(from));
  });
}

template <int... I>
constexpr bool all_between(int least, int end) {
  return ((I >= least && I < end) && ...);
}

}  // namespace impl

/// Lane k of the result is lane I[k] of v; -1 gives 0. As many lanes as indices, a power of two, also more or fewer
/// than v has.
///
/// shuffle<3, 2, 1, 0>(simd<int, 4>{4, 5, 6, 7})        // {7, 6, 5, 4}
/// shuffle<0, 0, 1, 1, 2, 2, 3, 3>(...)                 // {4, 4, 5, 5, 6, 6, 7, 7}
/// shuffle<1, -1>(...)                                  // {5, 0}
template <int... I, element T, std::size_t N>
  requires(sizeof...(I) > 0)
LANEWISE_TARGET_INLINE simd<T, sizeof...(I)> shuffle(simd<T, N> v) {
  static_assert(impl::all_between<I...>(-1, static_cast<int>(N)),
                "shuffle<I...>(v): each index is a lane of v, 0 to N - 1, or -1 for zero");
  return impl::shuffle_by<impl::listed<I...>, sizeof...(I)>(v, v);
}

/// The same from the lanes of a, 0 to N - 1, and those of b, N to 2 N - 1.
///
/// shuffle<0, 4, 1, 5>(simd<int, 4>{1, 2, 3, 4}, simd<int, 4>{5, 6, 7, 8})  // {1, 5, 2, 6}
template <int... I, element T, std::size_t N>
  requires(sizeof...(I) > 0)
LANEWISE_TARGET_INLINE simd<T, sizeof...(I)> shuffle(simd<T, N> a, std::type_identity_t<simd<T, N>> b) {
  static_assert(impl::all_between<I...>(-1, static_cast<int>(2 * N)),
                "shuffle<I...>(a, b): each index is a lane of a, 0 to N - 1, or of b, N to 2 N - 1, or -1 for zero");
  return impl::shuffle_by<impl::listed<I...>, sizeof...(I)>(a, b);
}

/// The lanes last to first.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> reverse(simd<T, N> v) {
  return impl::shuffle_by<impl::reversed<N>, N>(v, v);
}

/// Lane i is v's lane i + k, counted around: k > 0 moves towards lane 0, k < 0 away from it.
///
/// rotate<1>(simd<int, 4>{1, 2, 3, 4})   // {2, 3, 4, 1}
template <int k, element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> rotate(simd<T, N> v) {
  return impl::shuffle_by<impl::rotated<N, k>, N>(v, v);
}

/// Lane i is v's lane i + k, or `fill` where there is none.
///
/// shift_lanes<-1>(simd<int, 4>{1, 2, 3, 4}, 9)   // {9, 1, 2, 3}
template <int k, element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> shift_lanes(simd<T, N> v, std::type_identity_t<simd<T, N>> fill = T(0)) {
  return impl::shuffle_by<impl::shifted<N, k>, N>(v, fill);
}

/// M lanes from lane `offset` on.
///
/// slice<2, 1>(simd<int, 4>{1, 2, 3, 4})   // {2, 3}
template <std::size_t M, std::size_t offset, element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, M> slice(simd<T, N> v) {
  static_assert(offset + M <= N, "slice<M, offset>(v): v has no such lanes, offset + M must not exceed N");
  return impl::shuffle_by<impl::every<offset>, M>(v, v);
}

/// Lane `lane` in all of M lanes; in N unless said otherwise.
template <std::size_t lane, element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> broadcast(simd<T, N> v) {
  static_assert(lane < N, "broadcast<lane>(v): v has no such lane");
  return impl::shuffle_by<impl::every<lane, 0>, N>(v, v);
}

/// v with the lanes from `offset` on replaced by part.
///
/// insert<1>(simd<int, 4>{1, 2, 3, 4}, simd<int, 2>{8, 9})   // {1, 8, 9, 4}
template <std::size_t offset, element T, std::size_t N, std::size_t M>
LANEWISE_TARGET_INLINE simd<T, N> insert(simd<T, N> v, simd<T, M> part) {
  static_assert(offset + M <= N, "insert<offset>(v, part): part must end within v");
  return impl::shuffle_by<impl::inserted<N, M, offset>, N>(v, impl::with_room_for<N>(part));
}

/// The lower and the upper half of the lanes.
template <element T, std::size_t N>
  requires(N > 1)
LANEWISE_TARGET_INLINE simd<T, N / 2> lower_half(simd<T, N> v) {
  using half = simd<T, N / 2>;
  if constexpr (simd<T, N>::registers == 1) {
    return half::make([&](auto) LANEWISE_ATTR_INLINE { return hn::LowerHalf(typename half::tag(), v.native()); });
  } else {
    return half::make([&](auto r) LANEWISE_ATTR_INLINE { return v.native(r); });
  }
}
template <element T, std::size_t N>
  requires(N > 1)
LANEWISE_TARGET_INLINE simd<T, N / 2> upper_half(simd<T, N> v) {
  return impl::shuffle_by<impl::every<N / 2>, N / 2>(v, v);
}

/// The lanes of `lower`, then those of `upper`.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, 2 * N> join(simd<T, N> lower, std::type_identity_t<simd<T, N>> upper) {
  using both = simd<T, 2 * N>;
  return both::make([&](auto r) LANEWISE_ATTR_INLINE {
    if constexpr (both::registers == 1) {
      return hn::Combine(typename both::tag(), upper.native(), lower.native());
    } else if constexpr (r < simd<T, N>::registers) {
      return lower.native(r);
    } else {
      return upper.native(r - simd<T, N>::registers);
    }
  });
}

/// Cut into parts of M lanes, two halves unless said otherwise: auto [lower, upper] = split(v).
template <std::size_t M, element T, std::size_t N>
  requires(M <= N)
LANEWISE_TARGET_INLINE std::array<simd<T, M>, N / M> split(simd<T, N> v) {
  return [&]<std::size_t... i>(std::index_sequence<i...>) LANEWISE_ATTR_INLINE {
    return std::array<simd<T, M>, N / M>{slice<M, i * M>(v)...};
  }(std::make_index_sequence<N / M>());
}
template <element T, std::size_t N>
  requires(N > 1)
LANEWISE_TARGET_INLINE std::array<simd<T, N / 2>, 2> split(simd<T, N> v) {
  return {lower_half(v), upper_half(v)};
}

/// {a[0], b[0], a[1], b[1], ...}.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, 2 * N> interleave(simd<T, N> a, std::type_identity_t<simd<T, N>> b) {
  using both = simd<T, 2 * N>;
  if constexpr (both::registers == 1) {
    return impl::shuffle_by<impl::interleaved<N>, 2 * N>(a, b);
  } else {
    return both::make([&](auto r) LANEWISE_ATTR_INLINE {
      constexpr typename both::tag d;
      if constexpr (r % 2 == 0) {
        return hn::InterleaveWholeLower(d, a.native(r / 2), b.native(r / 2));
      } else {
        return hn::InterleaveWholeUpper(d, a.native(r / 2), b.native(r / 2));
      }
    });
  }
}

/// The even lanes and the odd lanes: auto [even, odd] = deinterleave(v).
template <element T, std::size_t N>
  requires(N > 1)
LANEWISE_TARGET_INLINE std::array<simd<T, N / 2>, 2> deinterleave(simd<T, N> v) {
  using half = simd<T, N / 2>;
  if constexpr (HWY_TARGET <= HWY_AVX3 && sizeof(T) == 1 && N * sizeof(T) == 64) {
    // One instruction narrows them all.
    const auto pairs = bit_cast<std::uint16_t>(v);
    return {bit_cast<T>(cast<std::uint8_t>(pairs)), bit_cast<T>(cast<std::uint8_t>(pairs >> 8))};
  } else if constexpr (simd<T, N>::registers > 1) {
    return {half::make([&](auto r) LANEWISE_ATTR_INLINE {
              return hn::ConcatEven(typename half::tag(), v.native(2 * r + 1), v.native(2 * r));
            }),
            half::make([&](auto r) LANEWISE_ATTR_INLINE {
              return hn::ConcatOdd(typename half::tag(), v.native(2 * r + 1), v.native(2 * r));
            })};
  } else {
    return {impl::shuffle_by<impl::every<0, 2>, N / 2>(v, v), impl::shuffle_by<impl::every<1, 2>, N / 2>(v, v)};
  }
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_SHUFFLE_HPP
