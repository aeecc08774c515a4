// SPDX-License-Identifier: MIT
#pragma once
// Table of tanh. Polynomials through the values at the piece's Chebyshev nodes, computed with 60 digits (mpmath) and
// rounded to nearest.

#include "lanewise/simd/math/detail/piecewise_table.hpp"

LANEWISE_BEGIN_DETAIL

/// tanh on [i / 1.7735, (i + 1) / 1.7735]; the first piece less x.
inline constexpr piecewise<float, 10, 16> tanh_f32{{{
    {0, 0x1.bc919ap-1f, 0x1.6622cp0f, 0x1.f46f7cp0f, 0x1.4717eep1f, 0x1.88db54p1f, 0x1.da0416p1f, 0x1.0dc6b4p2f,
     0x1.347ffp2f, 0x1.594016p2f, 0x1.7c7fbep2f, 0x1.a1aa12p2f, 0x1.c4d1fp2f, 0x1.e7f9dp2f, 0x1.03ae5ap3f,
     0x1.154246p3f},
    {0, 0x1.66a90ep-1f, 0x1.c52f8ap-1f, 0x1.ebdff6p-1f, 0x1.f9dc7ap-1f, 0x1.fdcb68p-1f, 0x1.ff60e6p-1f, 0x1.ffc6d6p-1f,
     0x1.ffeef4p-1f, 0x1.fffa98p-1f, 0x1.fffe34p-1f, 0x1.ffff7p-1f, 0x1.ffffdp-1f, 0x1.fffffp-1f, 0x1.fffffap-1f,
     0x1.fffffep-1f},
    {-0x1.09a92ep-30f, 0x1.04c15ep-1f, 0x1.bb7d72p-3f, 0x1.3bac8ap-4f, 0x1.86868cp-6f, 0x1.19b05ap-7f, 0x1.3e029p-9f,
     0x1.c93678p-11f, 0x1.10bb74p-12f, 0x1.59fe2cp-14f, 0x1.cbff2cp-16f, 0x1.1fffe4p-17f, 0x1.7fffb8p-19f,
     0x1.ffff0ep-21f, 0x1.800012p-22f, 0x1.ffffecp-24f},
    {0x1.dec92ep-23f, -0x1.6d529cp-2f, -0x1.888baap-3f, -0x1.2f440cp-4f, -0x1.81d7ep-6f, -0x1.1879bap-7f,
     -0x1.3d9fbep-9f, -0x1.c9036cp-11f, -0x1.10b26p-12f, -0x1.59fa84p-14f, -0x1.cbfd8ep-16f, -0x1.1fff94p-17f,
     -0x1.7fff94p-19f, -0x1.fffefep-21f, -0x1.80000ep-22f, -0x1.ffffeap-24f},
    {-0x1.5557bp-2f, 0x1.484cb4p-4f, 0x1.8f3f28p-4f, 0x1.743dcp-5f, 0x1.f6156ep-7f, 0x1.72bdfcp-8f, 0x1.a6786p-10f,
     0x1.3068eap-11f, 0x1.6b804cp-13f, 0x1.cd444ap-15f, 0x1.32a6e4p-16f, 0x1.7ffe9ap-18f, 0x1.ffff12p-20f,
     0x1.555498p-21f, 0x1.000004p-22f, 0x1.555542p-24f},
    {0x1.31fc0cp-13f, 0x1.011e48p-4f, -0x1.6ebf22p-6f, -0x1.36ddd8p-6f, -0x1.ddab4cp-8f, -0x1.6c52acp-9f,
     -0x1.a46ab4p-11f, -0x1.2fe0d6p-12f, -0x1.6b5008p-14f, -0x1.cd3112p-16f, -0x1.32a2b6p-17f, -0x1.7ffd28p-19f,
     -0x1.fffe8cp-21f, -0x1.55547ep-22f, -0x1.ffff9ep-24f, -0x1.55550ep-25f},
    {0x1.0e8bdcp-3f, -0x1.e6771ap-5f, -0x1.01e4fp-7f, 0x1.3a42e4p-8f, 0x1.57e44p-9f, 0x1.194336p-10f, 0x1.4d0c2p-12f,
     0x1.e47d5ap-14f, 0x1.225676p-15f, 0x1.70d256p-17f, 0x1.ea8b96p-19f, 0x1.332c5ap-20f, 0x1.99938ap-22f,
     0x1.110d3ep-23f, 0x1.999942p-25f, 0x1.111202p-26f},
    {0x1.872b7cp-8f, 0x1.a1bea6p-7f, 0x1.4cfb3cp-7f, 0x1.40d688p-14f, -0x1.67d8ep-11f, -0x1.5c2264p-12f,
     -0x1.b32d56p-14f, -0x1.40cb46p-15f, -0x1.8228b8p-17f, -0x1.eb2b56p-19f, -0x1.46d6eep-20f, -0x1.994a62p-22f,
     -0x1.10ef8cp-23f, -0x1.6c007p-25f, -0x1.113eaep-26f, -0x1.6c5694p-28f},
    {-0x1.234d82p-4f, 0x1.82f938p-7f, -0x1.2b2abep-8f, -0x1.bcf41ap-11f, 0x1.76fbb4p-14f, 0x1.5157bcp-14f,
     0x1.e013a8p-16f, 0x1.6c375ap-17f, 0x1.bafc16p-19f, 0x1.1a4ebep-20f, 0x1.787b82p-22f, 0x1.d6de5cp-24f,
     0x1.3a791ap-25f, 0x1.a3b084p-27f, 0x1.391718p-28f, 0x1.a04b32p-30f},
    {0x1.cd062p-6f, -0x1.4ae4acp-7f, 0x1.448818p-11f, 0x1.f64a2cp-12f, 0x1.f6a57ep-16f, -0x1.b130c8p-17f,
     -0x1.d0a096p-18f, -0x1.5928fap-19f, -0x1.cc8b0ap-21f, -0x1.2d31d4p-22f, -0x1.88bc42p-24f, -0x1.fb626cp-26f,
     -0x1.49becp-27f, -0x1.ac7b9cp-29f, -0x1.1a0dc8p-30f, -0x1.6e7c88p-32f},
}}};

LANEWISE_END_DETAIL
