# What every target of ours is compiled with, carried by the interface library mailspec_options.
option(MAILSPEC_WERROR "warnings are errors" ${PROJECT_IS_TOP_LEVEL})
set(MAILSPEC_SANITIZE "" CACHE STRING "sanitizers, as in -fsanitize=: address,undefined or thread")

# -O3 buys nothing measurable here and costs a fifth of the build.
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG")

add_library(mailspec_options INTERFACE)
target_include_directories(mailspec_options INTERFACE ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
target_link_libraries(mailspec_options INTERFACE fmt::fmt)
target_compile_features(mailspec_options INTERFACE cxx_std_20)
target_compile_options(mailspec_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor
    -Wold-style-cast -Wcast-qual -Woverloaded-virtual -Wundef -Wimplicit-fallthrough)
# GCC 12 sees overlaps and overflows in inlined std::string functions where there are none (its bugs 105651 and
# 105329, mended in 13).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    foreach(warning IN ITEMS restrict array-bounds stringop-overflow stringop-overread)
        target_compile_options(mailspec_options INTERFACE $<$<NOT:$<CONFIG:Debug>>:-Wno-${warning}>)
    endforeach()
endif()
if(MAILSPEC_WERROR)
    target_compile_options(mailspec_options INTERFACE -Werror)
endif()
if(MAILSPEC_SANITIZE)
    target_compile_options(mailspec_options INTERFACE -fsanitize=${MAILSPEC_SANITIZE} -fno-omit-frame-pointer
        -fno-sanitize-recover=all)
    target_link_options(mailspec_options INTERFACE -fsanitize=${MAILSPEC_SANITIZE})
    if(MAILSPEC_SANITIZE MATCHES address)
        target_sources(mailspec_options INTERFACE
            $<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:${CMAKE_CURRENT_LIST_DIR}/asan_options.cpp>)
    endif()
else()
    target_compile_definitions(mailspec_options INTERFACE $<$<CONFIG:Debug>:_GLIBCXX_ASSERTIONS>)
endif()
