// SPDX-License-Identifier: MIT
#pragma once
// Table of inverse_trigonometric.hpp.

#include "lanewise/simd/math/detail/piecewise_table.hpp"

LANEWISE_BEGIN_DETAIL

/// Tangents and their angles. Piece i has the ratios r whose 2 + 6.375 r is in the i-th half of an octave from 2 on:
/// from 0, 0.157, 0.314, 0.627, 0.941, 1.57, 2.2, 3.45 on. Of the floats near the piece's middle, the tangents are
/// those whose angles are multiples of 2^-22 (f32) and 2^-51 (f64) but for a thousandth of their last place, so that
/// the angle of one word will do and pi less it is exact. By trying all (f64: all of 21 bits, so that the lower 32 are
/// zeros) that are within 0.3 % of the middle; where 1 is, those that make pi / 4 of it.
template <class T>
inline constexpr int angles = 0;
template <>
inline constexpr piecewise<float, 2, 8> angles<float>{{{{0x0p0f, 0x1.a9ffdcp-3f, 0x1.b2379ep-2f, 0x1.8c1436p-1f,
                                                         0x1.3549fep0f, 0x1.d42cfap0f, 0x1.598bfp1f, 0x1.e07c0ap2f},
                                                        {0x0p0f, 0x1.a402ap-3f, 0x1.9aaedp-2f, 0x1.511dbp-1f,
                                                         0x1.c23f48p-1f, 0x1.12067p0f, 0x1.374e6cp0f, 0x1.703978p0f}}}};
template <>
inline constexpr piecewise<double, 2, 8> angles<double>{
    {{{0x0p0, 0x1.aa03dp-3, 0x1.b1584p-2, 0x1.8bb96p-1, 0x1.34c7ep0, 0x1.da48ap0, 0x1.59e8cp1, 0x1.b7108p2},
      {0x0p0, 0x1.a4066a073a19p-3, 0x1.99f16e0a9dab8p-2, 0x1.50e4d73921884p-1, 0x1.c1d5606cf9634p-1,
       0x1.136ac3f54e566p0, 0x1.3764cc7ab1544p0, 0x1.6d11b1e3e87ep0}}}};

LANEWISE_END_DETAIL
