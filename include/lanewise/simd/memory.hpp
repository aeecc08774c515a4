// SPDX-License-Identifier: MIT
// Memory that is not one run of elements: gather and scatter, strided, interleaved; stores past the caches, prefetch.
//
// Loads and stores of runs (whole, first n, masked) are members of simd. All touch exactly the elements that they name.

#include <hwy/cache_control.h>

#include "lanewise/simd/arithmetic.hpp"

#if defined(LANEWISE_SIMD_MEMORY_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MEMORY_HPP
#undef LANEWISE_SIMD_MEMORY_HPP
#else
#define LANEWISE_SIMD_MEMORY_HPP
#endif

LANEWISE_BEGIN_TARGET

/// The index types of gather and scatter: 32- and 64-bit integers.
template <class I>
concept index_element = integer_element<I> && sizeof(I) >= 4;

namespace impl {

/// Whether an instruction gathers and scatters N lanes of T by indices of I, possibly widened. Elements of 8 and 16
/// bits have none; for 32-bit elements and 64-bit indices AVX-512 has one, which is no faster than a load for each lane
/// (Zen 5, 2026-11: 0.4 ns a lane against 0.3). Less than 16 bytes have none either: it would use the lanes behind them
/// too.
template <class T, class I, std::size_t N>
inline constexpr bool has_gather =
    simd<T, N>::alignment >= 16 &&
    ((std::same_as<T, register_element<T>> && sizeof(T) == 8) || (sizeof(T) == 4 && std::same_as<I, std::int32_t>));

/// The indices as Highway's gather and scatter want them.
template <class T, class I, std::size_t N>
LANEWISE_TARGET_INLINE auto gather_index(simd<I, N> index) {
  return cast<std::conditional_t<sizeof(T) == 8, std::int64_t, std::int32_t>>(index);
}

/// f(i) for every lane, in order; unrolled, so that the lanes are collected in a register, as long as that is short.
template <std::size_t N, class F>
LANEWISE_TARGET_INLINE void for_each_lane(F f) {
  if constexpr (N <= 16) {
    [&]<std::size_t... i>(std::index_sequence<i...>)
        LANEWISE_ATTR_INLINE { (f(i), ...); }(std::make_index_sequence<N>());
  } else {
    for (std::size_t i = 0; i < N; ++i) f(i);
  }
}

}  // namespace impl

/// Lane i is p[index[i]]. Indices count elements; those of signed types may be negative. One instruction a register
/// where the target has one (AVX2 and later, elements of 32 and 64 bits), else a load for each lane.
///
/// gather(p, simd<int, 4>{3, 0, 0, 1}): {p[3], p[0], p[0], p[1]}
template <element T, index_element I, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> gather(const T* p, simd<I, N> index) {
  using v = simd<T, N>;
  if constexpr (impl::has_gather<T, I, N>) {
    const auto at = impl::gather_index<T>(index);
    return v::make([&](auto r) LANEWISE_ATTR_INLINE { return hn::GatherIndex(typename v::tag(), p, at.native(r)); });
  } else {
    const std::array<I, N> at = index.to_array();
    std::array<T, N> lanes;
    impl::for_each_lane<N>([&](std::size_t i) LANEWISE_ATTR_INLINE { lanes[i] = p[at[i]]; });
    return v::load(lanes.data());
  }
}

/// Lane i is p[index[i]] where m[i], `otherwise`'s lane elsewhere. Where m is false nothing is read, whatever the
/// index.
template <element T, index_element I, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> gather(const T* p, simd<I, N> index, std::type_identity_t<mask<T, N>> m,
                                         std::type_identity_t<simd<T, N>> otherwise = simd<T, N>(T(0))) {
  using v = simd<T, N>;
  if constexpr (impl::has_gather<T, I, N>) {
    const auto at = impl::gather_index<T>(index);
    return v::make([&](auto r) LANEWISE_ATTR_INLINE {
      return hn::MaskedGatherIndexOr(otherwise.native(r), m.native(r), typename v::tag(), p, at.native(r));
    });
  } else {
    const std::array<I, N> at = index.to_array();
    const std::array<T, N> on = select(m, v(T(1)), T(0)).to_array();
    std::array<T, N> lanes = otherwise.to_array();
    for (std::size_t i = 0; i < N; ++i) {
      if (on[i] != T(0)) lanes[i] = p[at[i]];
    }
    return v::load(lanes.data());
  }
}

/// p[index[i]] becomes lane i. Where indices are equal the last lane wins. Instructions as for gather, scatter's are
/// AVX-512's.
template <element T, index_element I, std::size_t N>
LANEWISE_TARGET_INLINE void scatter(simd<T, N> v, T* p, simd<I, N> index) {
  if constexpr (impl::has_gather<T, I, N>) {
    const auto at = impl::gather_index<T>(index);
    simd<T, N>::each([&](auto r) LANEWISE_ATTR_INLINE {
      hn::ScatterIndex(v.native(r), typename simd<T, N>::tag(), p, at.native(r));
    });
  } else {
    const std::array<I, N> at = index.to_array();
    const std::array<T, N> lanes = v.to_array();
    impl::for_each_lane<N>([&](std::size_t i) LANEWISE_ATTR_INLINE { p[at[i]] = lanes[i]; });
  }
}

/// p[index[i]] becomes lane i where m[i]; where m is false nothing is written, whatever the index.
template <element T, index_element I, std::size_t N>
LANEWISE_TARGET_INLINE void scatter(simd<T, N> v, T* p, simd<I, N> index, std::type_identity_t<mask<T, N>> m) {
  if constexpr (impl::has_gather<T, I, N>) {
    const auto at = impl::gather_index<T>(index);
    simd<T, N>::each([&](auto r) LANEWISE_ATTR_INLINE {
      hn::MaskedScatterIndex(v.native(r), m.native(r), typename simd<T, N>::tag(), p, at.native(r));
    });
  } else {
    const std::array<I, N> at = index.to_array();
    const std::array<T, N> on = select(m, simd<T, N>(T(1)), T(0)).to_array();
    const std::array<T, N> lanes = v.to_array();
    for (std::size_t i = 0; i < N; ++i) {
      if (on[i] != T(0)) p[at[i]] = lanes[i];
    }
  }
}

/// Lane i is p[i * stride], N lanes; the stride counts elements and may be negative. A load for each lane, which is as
/// fast as gather's instruction (Zen 5, 2026-11); strides of 2, 3 and 4 are load_interleaved's.
///
/// load_strided<4>(p, 10): {p[0], p[10], p[20], p[30]}
template <std::size_t N, element T>
LANEWISE_TARGET_INLINE simd<T, N> load_strided(const T* p, std::ptrdiff_t stride) {
  std::array<T, N> lanes;
  impl::for_each_lane<N>([&](std::size_t i)
                             LANEWISE_ATTR_INLINE { lanes[i] = p[static_cast<std::ptrdiff_t>(i) * stride]; });
  return simd<T, N>::load(lanes.data());
}

/// p[i * stride] becomes lane i.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE void store_strided(simd<T, N> v, T* p, std::ptrdiff_t stride) {
  const std::array<T, N> lanes = v.to_array();
  impl::for_each_lane<N>([&](std::size_t i)
                             LANEWISE_ATTR_INLINE { p[static_cast<std::ptrdiff_t>(i) * stride] = lanes[i]; });
}

/// `count` vectors (2, 3 or 4) of N lanes from count * N elements that alternate: lane i of vector c is
/// p[count * i + c], as in complex numbers, RGB and RGBA.
///
/// auto [re, im] = load_interleaved<2, 8>(p);
template <std::size_t count, std::size_t N, element T>
  requires(count >= 2 && count <= 4)
LANEWISE_TARGET_INLINE std::array<simd<T, N>, count> load_interleaved(const T* p) {
  using v = simd<T, N>;
  constexpr std::size_t lanes = v::lanes_per_register;
  constexpr typename v::tag d;
  typename v::native_type part[count][v::registers];
  v::each([&](auto r) LANEWISE_ATTR_INLINE {
    const auto* from = impl::to_register(p) + count * r * lanes;
    if constexpr (count == 2) {
      hn::LoadInterleaved2(d, from, part[0][r], part[1][r]);
    } else if constexpr (count == 3) {
      hn::LoadInterleaved3(d, from, part[0][r], part[1][r], part[2][r]);
    } else {
      hn::LoadInterleaved4(d, from, part[0][r], part[1][r], part[2][r], part[3][r]);
    }
  });
  return [&]<std::size_t... c>(std::index_sequence<c...>) LANEWISE_ATTR_INLINE {
    return std::array<v, count>{v::make([&](auto r) LANEWISE_ATTR_INLINE { return part[c][r]; })...};
  }(std::make_index_sequence<count>());
}

/// The reverse: p[count * i + c] becomes lane i of the c-th of the vectors (2, 3 or 4).
///
/// store_interleaved(p, red, green, blue);
template <element T, std::size_t N, std::same_as<simd<T, N>>... V>
  requires(sizeof...(V) >= 1 && sizeof...(V) <= 3)
LANEWISE_TARGET_INLINE void store_interleaved(T* p, simd<T, N> v, V... more) {
  constexpr std::size_t count = 1 + sizeof...(V);
  constexpr std::size_t lanes = simd<T, N>::lanes_per_register;
  constexpr typename simd<T, N>::tag d;
  simd<T, N>::each([&](auto r) LANEWISE_ATTR_INLINE {
    auto* to = impl::to_register(p) + count * r * lanes;
    if constexpr (count == 2) {
      hn::StoreInterleaved2(v.native(r), more.native(r)..., d, to);
    } else if constexpr (count == 3) {
      hn::StoreInterleaved3(v.native(r), more.native(r)..., d, to);
    } else {
      hn::StoreInterleaved4(v.native(r), more.native(r)..., d, to);
    }
  });
}

/// store_aligned past the caches (non-temporal), for results that are not read again soon and exceed the last cache:
/// 1.6 times the speed there, a third of it within L1 (Zen 4). Call stream_fence() before other threads read them.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE void store_stream(simd<T, N> v, T* p) {
  if constexpr (simd<T, N>::alignment < 16) {
    v.store_aligned(p);
  } else {
    simd<T, N>::each([&](auto r) LANEWISE_ATTR_INLINE {
      hn::Stream(v.native(r), typename simd<T, N>::tag(), impl::to_register(p) + r * simd<T, N>::lanes_per_register);
    });
  }
}

/// Orders what store_stream wrote before all later stores of this thread.
LANEWISE_TARGET_INLINE void stream_fence() { ::hwy::FlushStream(); }

/// Starts to bring p's cache line closer, to be read soon (or, with prefetch_for_write, written). A hint: any address
/// will do. `locality` 3: into all caches; 0: it will be used but once.
template <int locality = 3>
  requires(locality >= 0 && locality <= 3)
LANEWISE_TARGET_INLINE void prefetch(const void* p) {
  __builtin_prefetch(p, 0, locality);
}
template <int locality = 3>
  requires(locality >= 0 && locality <= 3)
LANEWISE_TARGET_INLINE void prefetch_for_write(void* p) {
  __builtin_prefetch(p, 1, locality);
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MEMORY_HPP
