// SPDX-License-Identifier: MIT
#pragma once
// The tables of erfc and gelu in f32, computed when they are compiled.

#include <cstddef>

#include "lanewise/config/macros.hpp"

LANEWISE_BEGIN_DETAIL

/// f and f' at multiples r of a step, for f with f''(x) = -2 x f'(x) / variance. A row: f(r) in two words, f'(r), each
/// times 2^64, and a filler. Any row number can be read. Those used are 15 and 16 KiB; of them, half are between -5
/// and 5.
struct normal_integral_table {
  using value_type = float;
  static constexpr std::size_t row_size = 4, rows = 1024;

  /// Rows for the multiples from `from` to `to`, f and its derivative at the former times 2^64. Each is the sum of
  /// Taylor's series at the one before, all terms of one sign where f is small; the errors add up
  /// to 2^-46.
  constexpr normal_integral_table(int variance, float step_size, int from, int to, double f, double derivative)
      : step(step_size),
        first(static_cast<float>(from < to ? from : to)),
        last(static_cast<float>(from < to ? to : from)) {
    const int direction = from < to ? 1 : -1;
    const double h = direction * static_cast<double>(step);
    for (int i = from;; i += direction) {
      float* const at = row[static_cast<std::size_t>(i - (from < to ? from : to))];
      if (i == 0) f = variance == 1 ? 0x1p64 : 0x1p63;  // exactly: gelu keeps -0
      at[0] = static_cast<float>(f);
      at[1] = static_cast<float>(f - static_cast<double>(at[0]));
      at[2] = static_cast<float>(derivative);
      if (i == to) break;
      const double rh = i * static_cast<double>(step) * h;
      double before = 0, term = derivative;
      derivative = 0;
      for (int n = 1; n <= 14; ++n) {
        derivative += term;
        f += h * term / n;
        const double next = -2 * (rh * term + h * h * before) / (variance * n);
        before = term;
        term = next;
      }
    }
  }

  float step;  // of so few bits that its multiples are exact
  float first, last;
  alignas(64) float row[rows][row_size]{};
};

/// erfc, from beyond where it is 0 to where it is 2.
inline constexpr normal_integral_table erfc_f32(1, 0x1p-6f, 652, -256, 0x1.10299f255a2cap-90, -0x1.5c3c6ce5f2f75p-86);

/// erfc(-x / sqrt(2)) / 2, from where x times it is 0 to where it is 1.
inline constexpr normal_integral_table normal_integral_f32(2, 0x1.4p-6f, -743, 280, 0x1.dda34d8a9dd24p-94,
                                                           0x1.b33f496c7aa28p-90);

LANEWISE_END_DETAIL
