// SPDX-License-Identifier: MIT
// The lanes that a mask names, moved together and apart again: compress, compress_store, expand.

#include "lanewise/simd/permute.hpp"
#include "lanewise/simd/reduce.hpp"

#if defined(LANEWISE_SIMD_COMPRESS_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_COMPRESS_HPP
#undef LANEWISE_SIMD_COMPRESS_HPP
#else
#define LANEWISE_SIMD_COMPRESS_HPP
#endif

LANEWISE_BEGIN_TARGET

namespace impl {

/// f(std::integral_constant<std::size_t, r>) for each register r, in order.
template <std::size_t n, class F>
LANEWISE_TARGET_INLINE void each_register(F f) {
  [&]<std::size_t... r>(std::index_sequence<r...>) LANEWISE_ATTR_INLINE {
    (f(std::integral_constant<std::size_t, r>()), ...);
  }(std::make_index_sequence<n>());
}

/// One register: the lanes where m is true, then 0. AVX-512 leaves zeros by itself, but Highway has a way around it for
/// 8 bits where the CPU does not.
template <class D, class V, class M>
LANEWISE_TARGET_INLINE V compress_register(D d, V v, M m) {
  return hn::IfThenElseZero(hn::FirstN(d, hn::CountTrue(d, m)), hn::Compress(v, m));
}

}  // namespace impl

/// The lanes where m is true, in order, then 0.
///
/// compress(v, v > 0) of v = {3, -1, 0, 2}   // {3, 2, 0, 0}
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> compress(simd<T, N> v, std::type_identity_t<mask<T, N>> m) {
  using value = simd<T, N>;
  constexpr typename value::tag d;
  constexpr std::size_t lanes = value::lanes_per_register;
  if constexpr (N == 1) {
    return value::make([&](auto) LANEWISE_ATTR_INLINE { return hn::IfThenElseZero(m.native(), v.native()); });
  } else if constexpr (value::registers == 1) {
    return value::make([&](auto) LANEWISE_ATTR_INLINE {
      return impl::compress_register(typename value::tag(), v.native(), m.native());
    });
  } else if constexpr (value::registers == 2) {
    // The second register's lanes, rotated so that they continue the first's: the same rotation brings those that do
    // not fit to the front of the second.
    using part = simd<T, lanes>;
    using index = impl::lane_index<T>;
    const std::size_t n = hn::CountTrue(d, m.native(0));
    const std::size_t more = hn::CountTrue(d, m.native(1));
    const part first = part::make([&](auto) LANEWISE_ATTR_INLINE {
      return hn::Compress(v.native(0), m.native(0));
    });
    const part second = part::make([&](auto) LANEWISE_ATTR_INLINE {
      return hn::Compress(v.native(1), m.native(1));
    });
    const part rotated = permute(second, simd<index, lanes>::iota(static_cast<index>(lanes - n)));
    const part lower = part::select(mask<T, lanes>::first(n), first, rotated);
    const mask<T, N> used = mask<T, N>::first(n + more);
    return value::make([&](auto r) LANEWISE_ATTR_INLINE {
      return hn::IfThenElseZero(used.native(r), r == 0 ? lower.native() : rotated.native());
    });
  } else {
    // No instruction moves lanes between that many registers: through memory, each behind the one before.
    std::array<T, N> buffer;
    T* end = buffer.data();
    impl::each_register<value::registers>([&](auto r) LANEWISE_ATTR_INLINE {
      constexpr typename value::tag tag;
      hn::StoreU(hn::Compress(v.native(r), m.native(r)), tag, impl::to_register(end));
      end += hn::CountTrue(tag, m.native(r));
    });
    return value::load_first(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  }
}

/// The lanes where m is true to p[0], p[1], ...; returns how many. Nothing behind them is touched.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE std::size_t compress_store(T* p, simd<T, N> v, std::type_identity_t<mask<T, N>> m) {
  // Not Highway's CompressStore, which writes whole registers or, on AVX-512, uses an instruction that takes hundreds of
  // cycles on Zen 4.
  T* end = p;
  impl::each_register<simd<T, N>::registers>([&](auto r) LANEWISE_ATTR_INLINE {
    constexpr typename simd<T, N>::tag tag;
    const std::size_t n = hn::CountTrue(tag, m.native(r));
    if constexpr (N == 1) {
      if (n != 0) hn::StoreU(v.native(r), tag, impl::to_register(end));
    } else if (n != 0) {
      hn::StoreN(hn::Compress(v.native(r), m.native(r)), tag, impl::to_register(end), impl::hidden(n));
    }
    end += n;
  });
  return static_cast<std::size_t>(end - p);
}

/// v's first lanes, in order, to where m is true, 0 elsewhere: compress undone.
///
/// expand({1, 2, 3, 4}, {0, 1, 1, 0})   // {0, 1, 2, 0}
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE simd<T, N> expand(simd<T, N> v, std::type_identity_t<mask<T, N>> m) {
  using value = simd<T, N>;
  constexpr std::size_t lanes = value::lanes_per_register;
  if constexpr (value::registers == 1) {
    return value::make([&](auto) LANEWISE_ATTR_INLINE { return hn::Expand(v.native(), m.native()); });
  } else if constexpr (value::registers == 2) {
    const std::size_t n = hn::CountTrue(typename value::tag(), m.native(0));
    const simd<T, lanes> rest = slice<lanes>(v, n);
    return value::make([&](auto r) LANEWISE_ATTR_INLINE {
      if constexpr (r == 0) {
        return hn::Expand(v.native(0), m.native(0));
      } else {
        return hn::Expand(rest.native(), m.native(1));
      }
    });
  } else {
    const std::array<T, N> buffer = v.to_array();
    const T* next = buffer.data();
    return value::make([&](auto r) LANEWISE_ATTR_INLINE {
      constexpr typename value::tag tag;
      const auto expanded = hn::Expand(hn::LoadU(tag, impl::to_register(next)), m.native(r));
      next += hn::CountTrue(tag, m.native(r));
      return expanded;
    });
  }
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_COMPRESS_HPP
