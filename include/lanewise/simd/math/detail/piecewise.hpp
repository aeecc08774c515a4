// SPDX-License-Identifier: MIT
// Polynomials whose coefficients depend on the lane: each looks up those of the piece of the range that it is in.
//
// Few pieces, whose coefficients fit in one or two registers a column, so that AVX2 (f32, 8 pieces) and AVX-512 (f64
// too, 16 pieces) look them up by one permute instruction each. Elsewhere the lanes load their rows, which are
// transposed.

#include <array>
#include <cstdint>

#include "lanewise/config/avx512.hpp"
#include "lanewise/simd/arithmetic.hpp"
#include "lanewise/simd/convert.hpp"
#include "lanewise/simd/math/detail/double_word.hpp"
#include "lanewise/simd/math/detail/piecewise_table.hpp"
#include "lanewise/simd/math/detail/scale.hpp"

#if defined(LANEWISE_SIMD_MATH_DETAIL_PIECEWISE_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEWISE_SIMD_MATH_DETAIL_PIECEWISE_HPP
#undef LANEWISE_SIMD_MATH_DETAIL_PIECEWISE_HPP
#else
#define LANEWISE_SIMD_MATH_DETAIL_PIECEWISE_HPP
#endif

LANEWISE_BEGIN_TARGET
namespace impl {

/// The number of the table's piece that the low bits of an index name.
template <class Table, class Indices>
LANEWISE_TARGET_INLINE Indices low_bits(Indices i) {
  const hn::DFromV<Indices> d;
  return hn::And(i, hn::Set(d, static_cast<hn::TFromD<decltype(d)>>(Table::pieces - 1)));
}

/// The columns of a table for the pieces that the low bits of one register of indices name, by permutes.
template <class Table, class Indices>
struct permuted_columns {
  using T = typename Table::value_type;
  using D = hn::RebindToFloat<hn::DFromV<Indices>>;
  // Where the register is narrower than the column, the widest takes the lookup and the rest of its lanes idle.
  static constexpr std::size_t lanes = hn::MaxLanes(D()) * sizeof(T) < 32 ? native_width<T> : hn::MaxLanes(D());
  static constexpr std::size_t used = Table::pieces * sizeof(T) > 64 ? native_width<T> : lanes;
  using wide = hn::FixedTag<T, used>;
  using wide_bits = hn::RebindToUnsigned<wide>;

  /// The instructions take the low bits by themselves; Highway's check of indices, in debug builds, knows no such
  /// thing.
  LANEWISE_TARGET_INLINE permuted_columns(const Table& t, Indices i)
      : table(&t),
        indices(hn::IndicesFromVec(wide(),
                                   hn::ZeroExtendResizeBitCast(wide_bits(), hn::DFromV<Indices>(),
                                                               HWY_IS_DEBUG_BUILD != 0 ? low_bits<Table>(i) : i))) {}

  template <std::size_t c>
  LANEWISE_TARGET_INLINE hn::Vec<D> get() const {
    const T* column = table->column[c];
    if constexpr (Table::pieces <= used) {
      return hn::ResizeBitCast(D(), hn::TableLookupLanes(hn::Load(wide(), column), indices));
    } else {
      return hn::ResizeBitCast(
          D(), hn::TwoTablesLookupLanes(wide(), hn::Load(wide(), column), hn::Load(wide(), column + used), indices));
    }
  }

  const Table* table;
  decltype(hn::IndicesFromVec(wide(), hn::Zero(wide_bits()))) indices;
};

/// The same by loads of rows, 16 bytes a time, four (f32) or two (f64) columns together.
template <class Table, class Indices>
struct transposed_columns {
  using T = typename Table::value_type;
  using D = hn::RebindToFloat<hn::DFromV<Indices>>;
  static constexpr std::size_t per_load = 16 / sizeof(T);
  static constexpr std::size_t lanes = hn::MaxLanes(D()) < per_load ? per_load : hn::MaxLanes(D());
  using wide = hn::FixedTag<T, lanes>;
  using V = hn::Vec<wide>;
  static constexpr std::size_t blocks = Table::row_size / per_load;

  LANEWISE_TARGET_INLINE transposed_columns(const Table& table, Indices i) {
    constexpr bool few = sizeof(T) == 8;  // these few leave the upper bits to the scalar units, which are idle
    const auto indices =
        hn::ZeroExtendResizeBitCast(hn::RebindToUnsigned<wide>(), hn::DFromV<Indices>(), few ? i : low_bits<Table>(i));
    const T* rows[lanes];
    [&]<std::size_t... l>(std::index_sequence<l...>) LANEWISE_ATTR_INLINE {
      ((rows[l] = table.row[hn::ExtractLane(indices, l) & (few ? Table::pieces - 1 : ~std::size_t(0))]), ...);
    }(std::make_index_sequence<lanes>());
    load(rows);
  }

  /// Of the rows that begin at these numbers of bytes. They leave the vector register in pairs: lane by lane, or
  /// through memory, erfc takes a tenth longer (Zen 5, AVX2, 2026-11).
  LANEWISE_TARGET_INLINE static transposed_columns at_offsets(const Table& table, Indices offsets) {
    const auto pairs =
        hn::BitCast(hn::FixedTag<std::uint64_t, lanes * sizeof(T) / 8>(),
                    hn::ZeroExtendResizeBitCast(hn::RebindToUnsigned<wide>(), hn::DFromV<Indices>(), offsets));
    const T* rows[lanes];
    const auto put = [&](std::size_t p) LANEWISE_ATTR_INLINE {
      const std::uint64_t pair = hn::ExtractLane(pairs, p);
      const char* first = reinterpret_cast<const char*>(table.row);
      rows[2 * p] = reinterpret_cast<const T*>(first + static_cast<std::uint32_t>(pair));
      rows[2 * p + 1] = reinterpret_cast<const T*>(first + (pair >> 32));
    };
    [&]<std::size_t... p>(std::index_sequence<p...>)
        LANEWISE_ATTR_INLINE { (put(p), ...); }(std::make_index_sequence<lanes / 2>());
    transposed_columns result;
    result.load(rows);
    return result;
  }

  template <std::size_t c>
  LANEWISE_TARGET_INLINE hn::Vec<D> get() const {
    return hn::ResizeBitCast(D(), columns[c]);
  }

  /// The 16 bytes at column b * per_load of the rows of lanes l, l + per_load, ... as one register.
  template <std::size_t b, std::size_t first, std::size_t count>
  LANEWISE_TARGET_INLINE static auto gather(const T* const* rows) {
    if constexpr (count == per_load) {
      return hn::Load(hn::FixedTag<T, per_load>(), rows[first] + b * per_load);
    } else {
      return hn::Combine(hn::FixedTag<T, count>(), gather<b, first + count / 2, count / 2>(rows),
                         gather<b, first, count / 2>(rows));
    }
  }

  template <std::size_t b>
  LANEWISE_TARGET_INLINE void load_block(const T* const* rows) {
    const wide d;
    if constexpr (per_load == 2) {
      const V even = gather<b, 0, lanes>(rows), odd = gather<b, 1, lanes>(rows);
      columns[2 * b] = hn::InterleaveLower(d, even, odd);
      columns[2 * b + 1] = hn::InterleaveUpper(d, even, odd);
    } else {
      const V r0 = gather<b, 0, lanes>(rows), r1 = gather<b, 1, lanes>(rows);
      const V r2 = gather<b, 2, lanes>(rows), r3 = gather<b, 3, lanes>(rows);
      const V low02 = hn::InterleaveLower(d, r0, r2), low13 = hn::InterleaveLower(d, r1, r3);
      const V high02 = hn::InterleaveUpper(d, r0, r2), high13 = hn::InterleaveUpper(d, r1, r3);
      columns[4 * b] = hn::InterleaveLower(d, low02, low13);
      columns[4 * b + 1] = hn::InterleaveUpper(d, low02, low13);
      columns[4 * b + 2] = hn::InterleaveLower(d, high02, high13);
      columns[4 * b + 3] = hn::InterleaveUpper(d, high02, high13);
    }
  }

  /// Where a register holds four columns of a row, half as many loads.
  template <std::size_t b>
  LANEWISE_TARGET_INLINE void load_four(const T* const* rows) {
    const wide d;
    const V r0 = hn::Load(d, rows[0] + 4 * b), r1 = hn::Load(d, rows[1] + 4 * b);
    const V r2 = hn::Load(d, rows[2] + 4 * b), r3 = hn::Load(d, rows[3] + 4 * b);
    const V low01 = hn::InterleaveLower(d, r0, r1), low23 = hn::InterleaveLower(d, r2, r3);
    const V high01 = hn::InterleaveUpper(d, r0, r1), high23 = hn::InterleaveUpper(d, r2, r3);
    columns[4 * b] = hn::ConcatLowerLower(d, low23, low01);
    columns[4 * b + 1] = hn::ConcatLowerLower(d, high23, high01);
    columns[4 * b + 2] = hn::ConcatUpperUpper(d, low23, low01);
    columns[4 * b + 3] = hn::ConcatUpperUpper(d, high23, high01);
  }

  LANEWISE_TARGET_INLINE void load(const T* const* rows) {
    if constexpr (per_load == 2 && lanes == 4 && Table::row_size % 4 == 0) {
      [&]<std::size_t... b>(std::index_sequence<b...>)
          LANEWISE_ATTR_INLINE { (load_four<b>(rows), ...); }(std::make_index_sequence<Table::row_size / 4>());
    } else {
      [&]<std::size_t... b>(std::index_sequence<b...>)
          LANEWISE_ATTR_INLINE { (load_block<b>(rows), ...); }(std::make_index_sequence<blocks>());
    }
  }

  V columns[Table::row_size];

 private:
  transposed_columns() = default;
};

/// What a piecewise polynomial comes to: the value at the piece's center, and what is to be added to it.
template <class V>
struct piecewise_result {
  V t;         // the argument less the center
  V center;    // f at the center
  V quotient;  // what t is to be multiplied by: f(x) = center + t * quotient
};

/// The columns for one register. A table of rows has too many of them for permutes.
template <class Table>
inline constexpr bool by_permutes =
    requires(const Table& table) { table.column; } &&
    (has_avx512 || (HWY_TARGET <= HWY_AVX2 && HWY_ARCH_X86 != 0 && HWY_TARGET != HWY_EMU128 &&
                    Table::pieces * sizeof(typename Table::value_type) <= 32));
template <class Table, class Indices>
using columns_of =
    std::conditional_t<by_permutes<Table>, permuted_columns<Table, Indices>, transposed_columns<Table, Indices>>;

/// The first `count` columns for the pieces that the low bits of `index` name, for tables that hold no polynomials.
template <std::size_t count, std::floating_point T, std::size_t N, class Table>
LANEWISE_TARGET_INLINE std::array<simd<T, N>, count> look_up(const Table& table, simd<unsigned_of<T>, N> index) {
  using V = simd<T, N>;
  using Indices = typename simd<unsigned_of<T>, N>::native_type;
  return [&]<std::size_t... r>(std::index_sequence<r...>) LANEWISE_ATTR_INLINE {
    const columns_of<Table, Indices> all[] = {columns_of<Table, Indices>(table, index.native(r))...};
    return [&]<std::size_t... c>(std::index_sequence<c...>) LANEWISE_ATTR_INLINE {
      return std::array<V, count>{V::make([&](auto i) LANEWISE_ATTR_INLINE { return all[i].template get<c>(); })...};
    }(std::make_index_sequence<count>());
  }(std::make_index_sequence<V::registers>());
}

/// The table's polynomial at x >= 0 in the pieces that the low bits of `index` name.
template <std::floating_point T, std::size_t N, class Table>
LANEWISE_TARGET_INLINE piecewise_result<simd<T, N>> evaluate(const Table& table, simd<T, N> x,
                                                             simd<unsigned_of<T>, N> index) {
  using V = simd<T, N>;
  using native = typename V::native_type;
  struct registers {
    native t, center, quotient;
  };
  const auto one = [&](auto r) LANEWISE_ATTR_INLINE {
    using Indices = typename simd<unsigned_of<T>, N>::native_type;
    const columns_of<Table, Indices> columns(table, index.native(r));
    const native t = hn::Sub(x.native(r), columns.template get<0>());
    // In pairs of columns, then by Horner's rule in t^2: the chain of dependent operations is what would take the time.
    constexpr std::size_t last = Table::columns - 1, terms = Table::columns - 2;
    const native t2 = hn::Mul(t, t);
    native q = columns.template get<last>();
    if constexpr (terms % 2 == 0) q = hn::MulAdd(q, t, columns.template get<last - 1>());
    constexpr std::size_t lowest_done = terms % 2 == 0 ? last - 1 : last;
    [&]<std::size_t... i>(std::index_sequence<i...>) LANEWISE_ATTR_INLINE {
      ((q = hn::MulAdd(q, t2,
                       hn::MulAdd(columns.template get<lowest_done - 1 - 2 * i>(), t,
                                  columns.template get<lowest_done - 2 - 2 * i>()))),
       ...);
    }(std::make_index_sequence<(lowest_done - 2) / 2>());
    return registers{t, columns.template get<1>(), q};
  };
  if constexpr (V::registers == 1) {
    const registers only = one(std::integral_constant<std::size_t, 0>());
    const auto of = [](native v) LANEWISE_ATTR_INLINE { return V::make([&](auto) LANEWISE_ATTR_INLINE { return v; }); };
    return {of(only.t), of(only.center), of(only.quotient)};
  } else {
    return [&]<std::size_t... r>(std::index_sequence<r...>) LANEWISE_ATTR_INLINE {
      const registers all[] = {one(std::integral_constant<std::size_t, r>())...};
      return piecewise_result<V>{V::make([&](auto i) LANEWISE_ATTR_INLINE { return all[i].t; }),
                                 V::make([&](auto i) LANEWISE_ATTR_INLINE { return all[i].center; }),
                                 V::make([&](auto i) LANEWISE_ATTR_INLINE { return all[i].quotient; })};
    }(std::make_index_sequence<V::registers>());
  }
}

}  // namespace impl
LANEWISE_END_TARGET

#endif  // LANEWISE_SIMD_MATH_DETAIL_PIECEWISE_HPP
