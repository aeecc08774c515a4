// SPDX-License-Identifier: MIT
#pragma once
// Tables of log_parts.hpp: for the 16 significands [1 + i / 16, 1 + (i + 1) / 16) a c near 1 / significand, and -log(c)
// in two words. c is a multiple of 1/64, so that the significand times c, less 1, is exact where it is below
// 1/32, and such that this lies between -1/32 and 1/16; around 1 it is a power of two. The first word is a multiple of
// 2^-42, so that with an exponent's share its sum is exact. Computed with 200 bits (mpmath).

#include "lanewise/simd/math/detail/piecewise_table.hpp"

LANEWISE_BEGIN_DETAIL

/// The natural logarithm.
inline constexpr piecewise<double, 3, 16> logarithms_e{{{
    {0x1p0, 0x1.d8p-1, 0x1.cp-1, 0x1.a8p-1, 0x1.9p-1, 0x1.8p-1, 0x1.7p-1, 0x1.6p-1, 0x1.5p-1, 0x1.4p-1, 0x1.38p-1,
     0x1.28p-1, 0x1.2p-1, 0x1.18p-1, 0x1.1p-1, 0x1p-1},
    {0, 0x1.4d3115d208p-4, 0x1.1178e8227ep-3, 0x1.823c16551ap-3, 0x1.f991c6cb3cp-3, 0x1.269621134ep-2,
     0x1.522ae0738ap-2, 0x1.7fafa3bd81p-2, 0x1.af5295248dp-2, 0x1.e148a1a272p-2, 0x1.fb358af7a5p-2, 0x1.188ee40f24p-1,
     0x1.269621134d8p-1, 0x1.35028ad9d9p-1, 0x1.43d9ff2f92p-1, 0x1.62e42fefa3p-1},
    {0, -0x1.53a2582f4e1efp-48, 0x1.1ef78ce2d07f2p-45, 0x1.e0ddb9a631e83p-46, -0x1.90d04cd7cc834p-44,
     -0x1.1b61f10522625p-44, 0x1.ebe708164c759p-45, 0x1.46fb79bf6d4cbp-44, -0x1.17cc552774458p-45,
     0x1.b36537e3375b2p-44, -0x1.def40b87d36d9p-44, -0x1.accec41d52e6cp-44, 0x1.c93c1df5bb3b6p-44,
     -0x1.bd1f01ab60655p-44, 0x1.e267b0b7efae1p-44, 0x1.3de6af278ece6p-42},
}}};

/// To base 2.
inline constexpr piecewise<double, 3, 16> logarithms_2{{{
    {0x1p0, 0x1.d8p-1, 0x1.cp-1, 0x1.a8p-1, 0x1.9p-1, 0x1.8p-1, 0x1.7p-1, 0x1.6p-1, 0x1.5p-1, 0x1.4p-1, 0x1.38p-1,
     0x1.28p-1, 0x1.2p-1, 0x1.18p-1, 0x1.1p-1, 0x1p-1},
    {0, 0x1.e0b1ae8f3p-4, 0x1.8a8980abfcp-3, 0x1.169c05363fp-2, 0x1.6cb0f6865dp-2, 0x1.a8ff971811p-2, 0x1.e7df5fe539p-2,
     0x1.14c560fe688p-1, 0x1.37222bb7078p-1, 0x1.5b2c3da197p-1, 0x1.6ddfc2a79p-1, 0x1.94c287492c8p-1,
     0x1.a8ff9718108p-1, 0x1.bdce9dcc96p-1, 0x1.d338120a6ep-1, 0x1p0},
    {0, -0x1.54cda62d3926ep-47, -0x1.66cccab240e9p-46, 0x1.5872350f805d6p-46, -0x1.c57f2495fb7fap-44,
     -0x1.6879fa00b120ap-44, -0x1.532c412ba94dbp-44, 0x1.7c407050799bfp-44, -0x1.c22d2cad415aep-44,
     0x1.1d406db502403p-44, -0x1.ce60916e52e91p-44, -0x1.927dfc23d978p-44, 0x1.2f0c0bfe9dbecp-44, 0x1.871a7610e40bdp-45,
     -0x1.3167ccc538261p-44, 0},
}}};

/// To base 10.
inline constexpr piecewise<double, 3, 16> logarithms_10{{{
    {0x1p0, 0x1.d8p-1, 0x1.cp-1, 0x1.a8p-1, 0x1.9p-1, 0x1.8p-1, 0x1.7p-1, 0x1.6p-1, 0x1.5p-1, 0x1.4p-1, 0x1.38p-1,
     0x1.28p-1, 0x1.2p-1, 0x1.18p-1, 0x1.1p-1, 0x1p-1},
    {0, 0x1.21681b5c9p-5, 0x1.db11ed7668p-5, 0x1.4f7aad9bbcp-4, 0x1.b721cd1714p-4, 0x1.ffbfc2bbc8p-4, 0x1.25ba8215bp-3,
     0x1.4d43f8275ap-3, 0x1.76a45cbb7ep-3, 0x1.a209a84fbcp-3, 0x1.b88e67cf98p-3, 0x1.e76124046cp-3, 0x1.ffbfc2bbc8p-3,
     0x1.0c6711d6acp-2, 0x1.194b3bdef7p-2, 0x1.34413509f7p-2},
    {0, -0x1.ef65393de7321p-44, 0x1.5fa196e1e0ddap-44, 0x1.75da8a5871b9ap-45, 0x1.7e295f660b9dap-44,
     -0x1.ff229f20ed3d2p-46, -0x1.007bf2d8bf07ap-44, 0x1.20ca9a2bcc728p-45, 0x1.bfb1de334b1cbp-45,
     0x1.fef311f12b358p-44, -0x1.a01b9bb0ebf1bp-45, -0x1.81a1e23fe0fb6p-44, -0x1.ff229f20ed3d2p-45,
     -0x1.42d6ae59e7d9cp-45, -0x1.1881d6fbdee94p-44, 0x1.3fde623e2566bp-43},
}}};

LANEWISE_END_DETAIL
