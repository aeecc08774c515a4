# SPDX-License-Identifier: MIT
# cmake -D compiler=<path> -D flags=<a|b|...> -D source=<flag_trap.cpp> -P flag_trap.cmake
# For each set of x86 flags: native_width<float> is what they promise, or the compiler says why not.
string(REPLACE "|" ";" flags "${flags}")

function(expect width)
  execute_process(COMMAND ${compiler} -std=c++20 -fsyntax-only ${flags} ${ARGN} -DLANEWISE_EXPECTED_WIDTH=${width} ${source}
    RESULT_VARIABLE result OUTPUT_VARIABLE output ERROR_VARIABLE output)
  if(width EQUAL 0 AND output MATCHES "#?error:?[^\n]*lanewise: the flags have AVX2, but")
    message(STATUS "${ARGN}: refused")
  elseif(NOT width EQUAL 0 AND result EQUAL 0)
    message(STATUS "${ARGN}: ${width} lanes")
  else()
    message(SEND_ERROR "with \"${ARGN}\" native_width<float> is not ${width} (0: refused):\n${output}")
  endif()
endfunction()

expect(4)
expect(4 -march=x86-64-v2)
expect(8 -march=haswell)
expect(8 -march=x86-64-v3)
expect(8 -mavx2 -mfma -mbmi -mbmi2 -mf16c)
expect(8 -march=skylake)
expect(16 -march=x86-64-v4)
expect(16 -march=skylake-avx512)
expect(0 -mavx2)
expect(0 -mavx2 -mfma)
expect(4 -mavx2 -DLANEWISE_ALLOW_NARROW)
