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

/// For each mask of eight lanes, a byte each: the lanes that are true, in order; and for each lane the number of true
/// ones before it, 128 where it is false.
inline constexpr auto lanes_to_compress = [] {
  std::array<std::uint64_t, 256> table{};
  for (unsigned m = 0; m < 256; ++m) {
    int to = 0;
    for (unsigned i = 0; i < 8; ++i) {
      if ((m >> i & 1) != 0) table[m] |= std::uint64_t{i} << 8 * to++;
    }
  }
  return table;
}();
inline constexpr auto lanes_to_expand = [] {
  std::array<std::uint64_t, 256> table{};
  for (unsigned m = 0; m < 256; ++m) {
    std::uint64_t from = 0;
    for (unsigned i = 0; i < 8; ++i) table[m] |= ((m >> i & 1) != 0 ? from++ : 128) << 8 * i;
  }
  return table;
}();

/// Bytes compressed within 16: what follows the last of them is unspecified.
template <class D, class V>
LANEWISE_TARGET_INLINE V compress_bytes(D d, V v, std::uint64_t bits) {
  constexpr hn::Full128<std::uint64_t> d64;
  const std::uint64_t lower = lanes_to_compress[bits & 255];
  std::uint64_t upper = 0;
  std::uint64_t beyond = 0;
  if constexpr (hn::MaxLanes(d) > 8) {
    // Those of the upper eight lanes behind those of the lower eight; in two shifts, since one by 64 is undefined.
    const int shift = 4 * std::popcount(bits & 255);
    const std::uint64_t rest = lanes_to_compress[bits >> 8 & 255] + 0x0808080808080808u;
    upper = rest << shift << shift;
    beyond = rest >> (32 - shift) >> (32 - shift);
  }
  const auto indices = hn::Dup128VecFromValues(d64, lower | upper, beyond);
  return hn::TableLookupBytes(v, hn::ResizeBitCast(d, indices));
}

/// hn::Compress, whose way with bytes goes through memory and copies 2 KiB to the stack first (1.2.0). What follows the
/// lanes that are true is unspecified.
template <class D, class V, class M>
LANEWISE_TARGET_INLINE V compress_register(D d, V v, M m) {
  if constexpr (hn::MaxLanes(d) == 1) {
    return v;
  } else if constexpr (sizeof(hn::TFromV<V>) > 1 || HWY_TARGET <= HWY_AVX3 || HWY_TARGET == HWY_EMU128) {
    return hn::Compress(v, m);
  } else if constexpr (hn::MaxLanes(d) <= 16) {
    return compress_bytes(d, v, mask_to_bits(d, m));
  } else {
    constexpr hn::Half<D> half;
    constexpr hn::RebindToUnsigned<D> bytes;
    const std::uint64_t bits = mask_to_bits(d, m);
    const auto n = static_cast<std::uint8_t>(std::popcount(bits & 0xFFFF));
    const auto lower = compress_bytes(half, hn::LowerHalf(half, v), bits);
    const auto upper = compress_bytes(half, hn::UpperHalf(half, v), bits >> 16);
    // The upper ones n bytes up: those that stay below 16 in the lower half, the others in the upper one. An index
    // whose highest bit is set gives 0.
    const auto up = hn::Sub(hn::Iota(hn::Half<decltype(bytes)>(), 0), hn::Set(hn::Half<decltype(bytes)>(), n));
    const auto down = hn::Xor(up, hn::Set(hn::Half<decltype(bytes)>(), 128));
    const auto moved =
        hn::TableLookupBytesOr0(hn::Combine(d, upper, upper), hn::BitCast(d, hn::Combine(bytes, down, up)));
    const auto kept = hn::IfThenElseZero(hn::FirstN(half, n), lower);
    return hn::Or(hn::ZeroExtendVector(d, kept), moved);
  }
}

/// Whether what follows is 0 anyway: where Highway uses AVX-512's instruction, which it does not for 64 bits.
template <class D>
inline constexpr bool compress_leaves_zeros =
    (HWY_TARGET <= HWY_AVX3 && sizeof(hn::TFromD<D>) == 4) || (HWY_TARGET <= HWY_AVX3_DL && sizeof(hn::TFromD<D>) <= 2);

/// hn::Expand, whose way with 32 and 64 bits copies a table to the stack on AVX2 (1.2.0).
template <class D, class V, class M>
LANEWISE_TARGET_INLINE V expand_register(D d, V v, M m) {
  constexpr std::size_t lanes = hn::MaxLanes(d);
  if constexpr (lanes == 1) {
    return hn::IfThenElseZero(m, v);
  } else if constexpr (HWY_TARGET == HWY_AVX2 && sizeof(hn::TFromV<V>) >= 4 && lanes * sizeof(hn::TFromV<V>) == 32) {
    constexpr hn::RebindToUnsigned<D> index;
    constexpr hn::Rebind<std::uint8_t, D> bytes;
    const auto* list = reinterpret_cast<const std::uint8_t*>(&lanes_to_expand[mask_to_bits(d, m)]);
    const auto from = hn::And(hn::PromoteTo(index, hn::LoadU(bytes, list)), hn::Set(index, lanes - 1));
    return hn::IfThenElseZero(m, hn::TableLookupLanes(v, hn::IndicesFromVec(d, from)));
  } else {
    return hn::Expand(v, m);
  }
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
  if constexpr (value::registers == 1) {
    return value::make([&](auto) LANEWISE_ATTR_INLINE {
      constexpr typename value::tag tag;
      const auto compressed = impl::compress_register(tag, v.native(), m.native());
      if constexpr (N == 1) {
        return hn::IfThenElseZero(m.native(), compressed);
      } else if constexpr (impl::compress_leaves_zeros<decltype(d)>) {
        return compressed;
      } else {
        return hn::IfThenElseZero(hn::FirstN(tag, hn::CountTrue(tag, m.native())), compressed);
      }
    });
  } else if constexpr (value::registers == 2) {
    // The second register's lanes, rotated so that they continue the first's: the same rotation brings those that do
    // not fit to the front of the second.
    using part = simd<T, lanes>;
    using index = impl::lane_index<T>;
    const std::size_t n = hn::CountTrue(d, m.native(0));
    const std::size_t more = hn::CountTrue(d, m.native(1));
    const part first = part::make([&](auto) LANEWISE_ATTR_INLINE {
      return impl::compress_register(typename value::tag(), v.native(0), m.native(0));
    });
    const part second = part::make([&](auto) LANEWISE_ATTR_INLINE {
      return impl::compress_register(typename value::tag(), v.native(1), m.native(1));
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
    value::each([&](auto r) LANEWISE_ATTR_INLINE {
      constexpr typename value::tag tag;
      hn::StoreU(impl::compress_register(tag, v.native(r), m.native(r)), tag, impl::to_register(end));
      end += hn::CountTrue(tag, m.native(r));
    });
    return value::load_first(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
  }
}

/// The lanes where m is true to p[0], p[1], ...; returns how many. Nothing behind them is touched.
template <element T, std::size_t N>
LANEWISE_TARGET_INLINE std::size_t compress_store(T* p, simd<T, N> v, std::type_identity_t<mask<T, N>> m) {
  // Not Highway's CompressStore, which writes whole registers or, on AVX-512, uses an instruction that takes hundreds
  // of cycles on Zen 4.
  T* end = p;
  simd<T, N>::each([&](auto r) LANEWISE_ATTR_INLINE {
    constexpr typename simd<T, N>::tag tag;
    const std::size_t n = hn::CountTrue(tag, m.native(r));
    if constexpr (N == 1) {
      if (n != 0) hn::StoreU(v.native(r), tag, impl::to_register(end));
    } else if (n != 0) {
      hn::StoreN(impl::compress_register(tag, v.native(r), m.native(r)), tag, impl::to_register(end), impl::hidden(n));
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
    return value::make([&](auto) LANEWISE_ATTR_INLINE {
      return impl::expand_register(typename value::tag(), v.native(), m.native());
    });
  } else if constexpr (value::registers == 2) {
    const std::size_t n = hn::CountTrue(typename value::tag(), m.native(0));
    const simd<T, lanes> rest = slice<lanes>(v, n);
    return value::make([&](auto r) LANEWISE_ATTR_INLINE {
      if constexpr (r == 0) {
        return impl::expand_register(typename value::tag(), v.native(0), m.native(0));
      } else {
        return impl::expand_register(typename value::tag(), rest.native(), m.native(1));
      }
    });
  } else {
    const std::array<T, N> buffer = v.to_array();
    const T* next = buffer.data();
    return value::make([&](auto r) LANEWISE_ATTR_INLINE {
      constexpr typename value::tag tag;
      const auto expanded = impl::expand_register(tag, hn::LoadU(tag, impl::to_register(next)), m.native(r));
      next += hn::CountTrue(tag, m.native(r));
      return expanded;
    });
  }
}

LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_COMPRESS_HPP
