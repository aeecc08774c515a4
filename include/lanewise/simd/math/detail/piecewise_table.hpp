// SPDX-License-Identifier: MIT
#pragma once
// Coefficients of polynomials by pieces of the argument's range, as impl::piecewise (piecewise.hpp) evaluates them.

#include <array>
#include <cstddef>

#include "lanewise/config/macros.hpp"

LANEWISE_BEGIN_DETAIL

/// f on Pieces pieces: near a piece's center c, f(x) = f(c) + t (q0 + q1 t + ...) with t = x - c. Columns: c, f(c), q0,
/// q1, ... The centers are such that f(c) is a T but for a thousandth of its last place, which makes f(c) as good as
/// two words.
template <class T, std::size_t Columns, std::size_t Pieces>
struct piecewise {
  using value_type = T;
  static constexpr std::size_t columns = Columns, pieces = Pieces;

  /// What a permute instruction takes: a column at a time, repeated up to the widest register.
  static constexpr std::size_t column_size = 64 / sizeof(T) < Pieces ? Pieces : 64 / sizeof(T);
  /// What a vector load takes: a piece at a time, padded to a whole number of vectors of 16 bytes.
  static constexpr std::size_t row_size = (Columns + 16 / sizeof(T) - 1) / (16 / sizeof(T)) * (16 / sizeof(T));

  struct lists {
    T column[Columns][Pieces];
  };

  constexpr piecewise(const lists& from) {
    for (std::size_t c = 0; c < Columns; ++c) {
      for (std::size_t i = 0; i < column_size; ++i) column[c][i] = from.column[c][i % Pieces];
      for (std::size_t r = 0; r < Pieces; ++r) row[r][c] = from.column[c][r];
    }
  }

  alignas(64) T column[Columns][column_size]{};
  alignas(64) T row[Pieces][row_size]{};
};

/// The same for so many pieces that no permute instruction takes a column: rows only, Columns a whole number of vectors
/// of 16 bytes.
template <class T, std::size_t Columns, std::size_t Pieces>
struct piecewise_rows {
  using value_type = T;
  static constexpr std::size_t columns = Columns, pieces = Pieces, row_size = Columns;

  alignas(64) T row[Pieces][row_size];
};

LANEWISE_END_DETAIL
