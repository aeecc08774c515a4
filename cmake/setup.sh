#!/bin/sh
# SPDX-License-Identifier: MIT
#
# Finds what lanewise's own build needs (compiler, CMake, ninja or make, libraries) and, on Debian and
# Ubuntu, installs what is missing with apt. Messages go to stderr; the compiler to use goes to stdout.
#
#   sh cmake/setup.sh            look for g++ >= 12 or clang >= 16 (CXX, if set, is looked at first)
#   sh cmake/setup.sh --clang    the same, but the compiler must be clang, with its sanitizer runtime
#   sh cmake/setup.sh --aarch64  what preset neon needs: g++ for aarch64, qemu, and libraries for it in a folder under build/
#   sh cmake/setup.sh --check    install nothing, only say what is missing
#
# Libraries that no package provides in a new enough version are downloaded later, by CMake, from their
# public repositories (cmake/dependencies.cmake). Only where that cannot work, on Debian 12, are they taken
# from Debian 13 and from Debian's backports: with the mirror and the key that this machine's own sources
# name, for one apt call, leaving apt's configuration and everything else on the machine as they are.
# Lists of packages are split at blanks on purpose:
# shellcheck disable=SC2046,SC2086,SC2116
set -eu
LC_ALL=C
export LC_ALL
here=$(cd "$(dirname "$0")" && pwd)

want_clang=no
want_aarch64=no
may_install=yes
libraries="highway xsimd catch2 benchmark mpfr"
prefixes="$(echo "${CMAKE_PREFIX_PATH:-}" | tr ':;' '  ') /usr/local /usr /opt/homebrew /opt/local"
aarch64_root=$here/../build/aarch64-linux-gnu    # as the toolchain file has it
for argument in "$@"; do
  case $argument in
    --clang) want_clang=yes ;;
    --aarch64) want_aarch64=yes; libraries="highway xsimd catch2"; prefixes=$aarch64_root/usr ;;
    --check) may_install=no ;;
    *) echo "usage: setup.sh [--clang | --aarch64] [--check]" >&2; exit 2 ;;
  esac
done

say() { printf 'lanewise set-up: %s\n' "$*" >&2; }
have() { command -v "$1" >/dev/null 2>&1; }

# ---- what is there ------------------------------------------------------------------------------------

# Succeeds if $1 is a compiler that is new enough and finds a C++20 standard library.
compiler_ok() {
  have "$1" || return 1
  set -- "$1" $(printf '#include <concepts>\n#ifdef __clang__\nclang __clang_major__\n#else\ngcc __GNUC__\n#endif\n' |
    "$1" -std=c++20 -E -P -x c++ - 2>/dev/null | tail -n 1)
  case ${2:-none} in
    clang) [ "$3" -ge 16 ] || { [ "$3" -ge 15 ] && [ "$(uname -s)" = Darwin ]; } ;;
    gcc) [ "$want_clang" = no ] && [ "$3" -ge 12 ] ;;
    *) false ;;
  esac
}

# A clang without its sanitizer runtime would fail late, in the sanitizer builds.
clang_complete() {
  [ "$(uname -s)" = Linux ] || return 0
  runtime=$("$1" -print-file-name="libclang_rt.asan-$(uname -m).a" 2>/dev/null)
  [ -e "$runtime" ] && return 0
  runtime=$("$1" -print-runtime-dir 2>/dev/null)
  [ -e "$runtime/libclang_rt.asan.a" ] || [ -e "$runtime/libclang_rt.asan-$(uname -m).a" ]
}

find_compiler() {
  if [ "$want_aarch64" = yes ]; then
    for version in "" -14 -13 -12; do
      if compiler_ok "aarch64-linux-gnu-g++$version"; then echo "aarch64-linux-gnu-g++$version"; return; fi
    done
    return
  fi
  if [ "$want_clang" = yes ]; then
    for candidate in "${CXX:-clang++}" clang++ clang++-19 clang++-20 clang++-21 clang++-18 clang++-17 clang++-16; do
      if compiler_ok "$candidate" && clang_complete "$candidate"; then echo "$candidate"; return; fi
    done
    return
  fi
  # A CXX that was asked for is never replaced by another compiler.
  if [ -n "${CXX:-}" ]; then
    if compiler_ok "$CXX"; then echo "$CXX"; fi
    return
  fi
  for candidate in g++ c++ g++-12 g++-13 g++-14 g++-15 clang++ clang++-19 clang++-18 clang++-17 clang++-16; do
    if compiler_ok "$candidate"; then echo "$candidate"; return; fi
  done
}

cmake_minimum=$(sed -n 's/^cmake_minimum_required(VERSION \([0-9.]*\).*/\1/p' "$here/../CMakeLists.txt")
cmake_ok() {
  have cmake || return 1
  cmake --version | awk -v want="$cmake_minimum" 'NR == 1 {
    split($3, is, "."); split(want, min, ".")
    exit !(is[1] > min[1] || (is[1] == min[1] && is[2] >= min[2])) }'
}

# Prints the value of macro $2 in the first copy of header $1 that a compiler would find.
header_macro() {
  for prefix in $prefixes; do
    if [ -e "$prefix/include/$1" ]; then
      sed -n "s/^#[ ]*define[ ]*$2[ ]*\([0-9]*\).*/\1/p" "$prefix/include/$1" | head -n 1
      return
    fi
  done
}

# The same floors as in dependencies.cmake, which has the last word.
library_ok() {
  case $1 in
    highway)
      major=$(header_macro hwy/base.h HWY_MAJOR)
      minor=$(header_macro hwy/base.h HWY_MINOR)
      [ "${major:-0}" -gt 1 ] || { [ "${major:-0}" -eq 1 ] && [ "${minor:-0}" -ge 2 ]; } ;;
    xsimd)
      major=$(header_macro xsimd/config/xsimd_config.hpp XSIMD_VERSION_MAJOR)
      [ "${major:-0}" -ge 13 ] ;;
    catch2)
      major=$(header_macro catch2/catch_version_macros.hpp CATCH_VERSION_MAJOR)
      [ "${major:-0}" -ge 3 ] ;;
    mpfr) [ -n "$(header_macro mpfr.h MPFR_VERSION_MAJOR)" ] ;;
    benchmark) [ -n "$(header_macro benchmark/benchmark.h BENCHMARK)" ] || [ -e /usr/include/benchmark/benchmark.h ] ||
      [ -e /usr/local/include/benchmark/benchmark.h ] || [ -e /opt/homebrew/include/benchmark/benchmark.h ] ;;
  esac
}

look() {
  missing_tools=
  missing_libraries=
  compiler=$(find_compiler)
  [ -n "$compiler" ] || missing_tools=compiler
  cmake_ok || missing_tools="$missing_tools cmake"
  have ninja || have make || missing_tools="$missing_tools ninja"
  [ "$want_aarch64" = no ] || have qemu-aarch64 || missing_tools="$missing_tools qemu"
  for library in $libraries; do
    library_ok $library || missing_libraries="$missing_libraries $library"
  done
}

# ---- apt ----------------------------------------------------------------------------------------------

package_of() {
  case $1 in
    highway) echo libhwy-dev ;;
    xsimd) echo libxsimd-dev ;;
    catch2) echo catch2 ;;
    benchmark) echo libbenchmark-dev ;;
    mpfr) echo libmpfr-dev ;;
  esac
}

floor_of() {
  case $1 in
    highway) echo 1.2.0 ;;
    xsimd) echo 13 ;;
    catch2) echo 3 ;;
    benchmark) echo 1.6 ;;
    mpfr) echo 4 ;;
    cmake) echo "$cmake_minimum" ;;
    g++ | g++-aarch64-linux-gnu) echo 4:12 ;;
  esac
}

# Prints the version of package $1 that apt would install, or nothing. apt-cache takes a name it does not know as a
# pattern (g++-14 matches clang-14), so only the entry with the very name counts.
candidate_of() {
  apt-cache policy "$1" 2>/dev/null |
    awk -v entry="$1:" '/^[^ ]/ { here = ($1 == entry) } here && $1 == "Candidate:" && $2 != "(none)" { print $2 }'
}

# Succeeds if apt would install package $1 in version $2 or newer.
candidate_ok() {
  candidate=$(candidate_of "$1")
  [ -n "$candidate" ] && dpkg --compare-versions "$candidate" ge "$2"
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

can_be_root() {
  [ "$(id -u)" = 0 ] && return 0
  have sudo || return 1
  # Where sudo wants a password, there must be a person to type it.
  [ -t 0 ] || sudo -n true 2>/dev/null
}

apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq install -y --no-install-recommends "$@" >/dev/null
}

# Prints the packages for a compiler that this suite has in a new enough version.
compiler_packages() {
  if [ "$want_clang" = yes ]; then
    for version in 19 20 21 18 17 16; do
      if [ -n "$(candidate_of clang-$version)" ]; then
        echo "clang-$version $( [ -z "$(candidate_of libclang-rt-$version-dev)" ] || echo libclang-rt-$version-dev) libstdc++-$(libstdcxx_version)-dev"
        return
      fi
    done
    return
  fi
  cross=
  [ "$want_aarch64" = no ] || cross=-aarch64-linux-gnu
  if candidate_ok "g++$cross" "$(floor_of "g++$cross")"; then echo "g++$cross"; return; fi
  for version in 14 13 12; do
    if [ -n "$(candidate_of g++-$version$cross)" ]; then echo g++-$version$cross; return; fi
  done
}

# clang takes the newest installed libstdc++; name the suite's own, at least 12.
libstdcxx_version() {
  for version in $(candidate_of g++ | sed 's/^[0-9]*:\([0-9]*\).*/\1/') 14 13 12; do
    if [ "$version" -ge 12 ] && [ -n "$(candidate_of libstdc++-$version-dev)" ]; then echo $version; return; fi
  done
  echo 12
}

# Fills $packages with what this machine's own suite can give for what is missing.
choose_packages() {
  packages=
  for tool in $missing_tools; do
    case $tool in
      compiler) packages="$packages $(compiler_packages)" ;;
      cmake) if candidate_ok cmake "$cmake_minimum"; then packages="$packages cmake"; fi ;;
      ninja) packages="$packages ninja-build" ;;
      qemu) packages="$packages qemu-user" ;;
    esac
  done
  for library in $missing_libraries; do
    if [ "$want_aarch64" = no ] && candidate_ok "$(package_of $library)" "$(floor_of $library)"; then
      packages="$packages $(package_of $library)"
    elif [ ! -e /etc/ssl/certs/ca-certificates.crt ]; then
      case " $packages " in *" ca-certificates "*) ;; *) packages="$packages ca-certificates" ;; esac
    fi
  done
  packages=$(echo $packages)
}

# ---- Debian without a way to the public repositories -----------------------------------------------------

# Prints "Signed-By"-style deb822 lines (URIs, Signed-By, Trusted) of the apt source that serves suite $1,
# whether the machine writes its sources in deb822 (.sources) or in one-line (.list) form.
own_source() {
  for file in /etc/apt/sources.list.d/*.sources; do
    [ -e "$file" ] || continue
    found=$(awk -v suite="$1" '
      function finish() {
        if (uris != "" && serves && types ~ /(^| )deb( |$)/ && enabled !~ /^no/) { printf "%s%s", uris, extra; done = 1; exit }
        uris = extra = field = types = enabled = ""; serves = 0
      }
      /^#/ { next }
      /^[ \t]*$/ { finish(); next }
      /^[ \t]/ { if (field == "uris") uris = uris $0 "\n"; else if (field == "extra") extra = extra $0 "\n"; next }
      {
        name = tolower($0); sub(/:.*/, "", name); value = $0; sub(/^[^:]*:[ \t]*/, "", value); field = ""
        if (name == "uris") { uris = $0 "\n"; field = "uris" }
        else if (name == "signed-by" || name == "trusted") { extra = extra $0 "\n"; field = "extra" }
        else if (name == "types") types = value
        else if (name == "enabled") enabled = tolower(value)
        else if (name == "suites") { n = split(value, s, /[ \t]+/); for (i = 1; i <= n; i++) if (s[i] == suite) serves = 1 }
      }
      END { if (!done) finish() }' "$file")
    if [ -n "$found" ]; then printf '%s\n' "$found"; return; fi
  done
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ -e "$file" ] || continue
    found=$(awk -v suite="$1" '
      $1 == "deb" {
        line = $0; sub(/^[ \t]*deb[ \t]+/, "", line); options = ""
        if (line ~ /^\[/) { options = line; sub(/^\[[ \t]*/, "", options); sub(/[ \t]*\].*/, "", options); sub(/^\[[^]]*\][ \t]*/, "", line) }
        split(line, part, /[ \t]+/)
        if (part[2] != suite) next
        print "URIs: " part[1]
        n = split(options, o, /[ \t]+/)
        for (i = 1; i <= n; i++) {
          if (o[i] ~ /^signed-by=/) { sub(/^signed-by=/, "", o[i]); gsub(/,/, " ", o[i]); print "Signed-By: " o[i] }
          if (o[i] ~ /^trusted=/) { sub(/^trusted=/, "", o[i]); print "Trusted: " o[i] }
        }
        exit
      }' "$file")
    if [ -n "$found" ]; then printf '%s\n' "$found"; return; fi
  done
}

repositories_reachable() { cmake -P "$here/reachable.cmake" >/dev/null 2>&1; }

# Makes $scratch, a folder with an apt source for the suites "$2", on the mirror that serves this machine with suite $1,
# and with the choice between Debian 13's packages and backports for Debian 12.
make_scratch() {
  source_fields=$(own_source "$1")
  if [ -z "$source_fields" ]; then
    say "no apt source for $1 found under /etc/apt: cannot derive one for $2"
    return 1
  fi
  scratch=$(mktemp -d)
  chmod 755 "$scratch"
  mkdir "$scratch/sources" "$scratch/preferences"
  trap 'rm -rf "$scratch" 2>/dev/null || as_root rm -rf "$scratch"' EXIT
  printf 'Types: deb\n%s\nSuites: %s\nComponents: main\n' "$source_fields" "$2" > "$scratch/sources/newer.sources"
  cat > "$scratch/preferences/newer" <<'END'
Package: *
Pin: release n=trixie
Pin-Priority: 50

Package: libhwy-dev libhwy1t64 libxsimd-dev
Pin: release n=trixie
Pin-Priority: 600

Package: catch2 libcatch2-dev
Pin: release n=bookworm-backports
Pin-Priority: 600
END
}

# Unpacks the missing libraries for aarch64 into $aarch64_root: needs no root, and this machine's packages stay as they
# are. Highway's library is a package of its own that its headers depend on.
unpack_for_aarch64() {
  suites=$VERSION_CODENAME
  [ "$suites" != bookworm ] || suites="trixie bookworm-backports"
  say "the public repositories cannot be reached: unpacking Debian's packages for arm64 ($suites) into build/aarch64-linux-gnu"
  make_scratch "$VERSION_CODENAME" "$suites" || return 1
  mkdir -p "$scratch/lists/partial" "$scratch/cache/archives/partial" "$scratch/packages"
  : > "$scratch/status"
  arm64() {
    command=$1
    shift
    "$command" -o APT::Architecture=arm64 -o APT::Architectures=arm64 -o Dir::State::lists="$scratch/lists" \
      -o Dir::State::status="$scratch/status" -o Dir::Cache="$scratch/cache" -o Dir::Etc::sourcelist=- \
      -o Dir::Etc::sourceparts="$scratch/sources" -o Dir::Etc::preferences=- \
      -o Dir::Etc::preferencesparts="$scratch/preferences" -o APT::Sandbox::User= "$@"
  }
  arm64 apt-get -qq -o APT::Update::Error-Mode=any update >&2 || { say "the mirror does not give arm64"; return 1; }
  needed=$(arm64 apt-cache depends libhwy-dev libxsimd-dev | sed -n 's/^ *Depends: \([^<>]*\)$/\1/p')
  (cd "$scratch/packages" && arm64 apt-get -qq download libhwy-dev libxsimd-dev libcatch2-dev $needed >&2) || return 1
  mkdir -p "$aarch64_root"
  for package in "$scratch"/packages/*.deb; do dpkg-deb -x "$package" "$aarch64_root" || return 1; done
}

# Installs the missing libraries on Debian 12 from newer suites. What does not work there, and why it is
# not in the list: Debian 13's libbenchmark-dev would upgrade libc6; Debian 13's catch2 does not link
# with Debian 12's g++ (hence the backport).
install_from_newer_suite() {
  newer=
  for library in $missing_libraries; do
    case $library in highway | xsimd | catch2) newer="$newer $(package_of $library)" ;; esac
  done
  [ -n "$newer" ] || return 1
  say "Debian 12's own packages are too old and the public repositories cannot be reached."
  say "installing from Debian 13 (trixie) and bookworm-backports, through this machine's own mirror:$newer"
  say "nothing else is upgraded, and apt's configuration stays as it is"

  make_scratch bookworm "trixie bookworm-backports" || return 1
  # apt's own lists, copied, are joined by those of the newer suites.
  as_root cp -R /var/lib/apt/lists "$scratch/lists"
  for file in /etc/apt/sources.list.d/*.sources /etc/apt/sources.list.d/*.list; do
    [ ! -e "$file" ] || cp "$file" "$scratch/sources/"
  done
  newer_apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -o Dir::State::lists="$scratch/lists" \
      -o Dir::Etc::preferencesparts="$scratch/preferences" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache= "$@"
  }
  if ! newer_apt -qq -o Dir::Etc::sourcelist="$scratch/sources/newer.sources" -o Dir::Etc::sourceparts=- \
      -o APT::Get::List-Cleanup=0 -o APT::Update::Error-Mode=any update >&2; then
    say "the mirror did not give the newer suites"
    return 1
  fi
  plan=$(newer_apt -o Dir::Etc::sourceparts="$scratch/sources" -s install --no-install-recommends $newer 2>&1) || {
    printf '%s\n' "$plan" >&2
    return 1
  }
  # A line "Inst NAME [OLD] (NEW ...)" replaces a package: allowed for the named ones only.
  for replaced in $(printf '%s\n' "$plan" | sed -n -e 's/^Inst \([^ ]*\) \[.*/\1/p' -e 's/^Remv \([^ ]*\) .*/\1/p'); do
    case " $newer libhwy1t64 libcatch2-dev " in
      *" $replaced "*) ;;
      *) say "refused: apt would replace or remove '$replaced'"; return 1 ;;
    esac
  done
  newer_apt -qq -o Dir::Etc::sourceparts="$scratch/sources" install -y --no-install-recommends $newer >/dev/null
}

# ---- main ---------------------------------------------------------------------------------------------

explain_by_hand() {
  case "$(uname -s)" in
    Darwin) say "  compiler: xcode-select --install     the rest: brew install cmake ninja highway xsimd catch2 google-benchmark mpfr" ;;
    *)
      say "  install with your system's package manager: g++ 12 or newer (or clang 16 or newer), CMake $cmake_minimum or newer, ninja or make"
      say "  a newer CMake without root: python3 -m pip install --user cmake ninja" ;;
  esac
}

look
to_install=$missing_tools$missing_libraries
[ "$want_aarch64" = no ] || to_install=$missing_tools
if [ -n "$to_install" ] && [ "$may_install" = yes ] && have apt-get; then
  say "missing or too old:$(echo " $missing_tools $missing_libraries" | tr -s ' ')"
  if can_be_root; then
    choose_packages
    # A fresh container has no package lists at all, an old one stale ones.
    if [ -n "$missing_tools" ] || [ -n "$packages" ] || [ -z "$(candidate_of g++)" ]; then
      say "reading the package lists: apt-get update"
      as_root apt-get -qq update >&2 || say "apt-get update failed; going on with the lists that are there"
      choose_packages
    fi
    if [ -n "$packages" ]; then
      say "installing (this takes a while): apt-get install $packages"
      # shellcheck disable=SC2086
      apt_install $packages || say "apt-get install failed"
      look
    fi
    . /etc/os-release
    if [ "$want_aarch64" = no ] && [ -n "$missing_libraries" ] && [ "${VERSION_CODENAME:-}" = bookworm ] &&
        [ "$ID" = debian ] && cmake_ok && ! repositories_reachable; then
      install_from_newer_suite || say "that did not work; CMake will say what is left to do"
      look
    fi
  else
    choose_packages
    say "installing needs root (this is no root, and no sudo that works here). As root, run: sh cmake/setup.sh $*"
    if [ -n "$packages" ]; then
      say "or: apt-get update && apt-get install -y --no-install-recommends $packages"
    fi
    say "without root: libraries are downloaded by CMake; a compiler and CMake $cmake_minimum must be there"
  fi
fi

if [ "$want_aarch64" = yes ] && [ -n "$missing_libraries" ] && [ "$may_install" = yes ] && have apt-get && cmake_ok; then
  . /etc/os-release
  if [ "$ID" = debian ] && ! repositories_reachable; then
    unpack_for_aarch64 || say "that did not work; CMake will say what is left to do"
    look
  fi
fi

case " $missing_libraries " in *" mpfr "*)
  say "no package of MPFR: the tests of the math functions take long double as their reference"
  missing_libraries=$(echo " $missing_libraries " | sed 's/ mpfr / /; s/ *$//') ;;
esac
if [ -n "$missing_libraries" ]; then
  say "no new enough package of:$missing_libraries; CMake downloads the pinned releases (cmake/pins.cmake)"
fi
if [ -n "$missing_tools" ]; then
  say "cannot build, missing or too old: $(echo $missing_tools)"
  if [ -n "${CXX:-}" ]; then
    case " $missing_tools " in *" compiler "*) say "  CXX=$CXX is not a C++20 compiler that is new enough (g++ 12, clang 16)" ;; esac
  fi
  explain_by_hand
  exit 1
fi
echo "$compiler"
