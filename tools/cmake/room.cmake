# mailspec_room(<name> SOURCES <file>... [USES <room>...] [LIBRARIES <target>...])
#
# A room is a static library mailspec_<name> that links only the rooms design.md allows it, so that the
# linker checks the arrows too. Sources are relative to the calling folder.
function(mailspec_room name)
    cmake_parse_arguments(room "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
    add_library(mailspec_${name} STATIC ${room_SOURCES})
    target_include_directories(mailspec_${name} PUBLIC ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR}/generated)
    target_link_libraries(mailspec_${name} PUBLIC mailspec_options)
    foreach(used IN LISTS room_USES)
        target_link_libraries(mailspec_${name} PUBLIC mailspec_${used})
    endforeach()
    target_link_libraries(mailspec_${name} PRIVATE ${room_LIBRARIES})
    mailspec_precompile(mailspec_${name} ${name} "${room_USES}")
endfunction()

# Compiles the headers that nearly every file includes once: those of the standard library, and for the rooms that
# see Asio its coroutines too (with other definitions, so a second time). It halves the time of a clean build.
function(mailspec_precompile target name uses)
    set(standard <algorithm> <array> <chrono> <cstdint> <functional> <memory> <optional> <span> <string> <string_view>
        <utility> <variant> <vector>)
    if(name STREQUAL "rfc")
        target_precompile_headers(${target} PRIVATE ${standard})
    elseif(name STREQUAL "net")
        target_precompile_headers(${target} PRIVATE ${standard} <boost/asio/awaitable.hpp> <boost/asio/co_spawn.hpp>
            <boost/asio/io_context.hpp> <boost/asio/ip/tcp.hpp> <boost/asio/steady_timer.hpp>)
    elseif("net" IN_LIST uses)
        target_precompile_headers(${target} REUSE_FROM mailspec_net)
    else()
        target_precompile_headers(${target} REUSE_FROM mailspec_rfc)
    endif()
endfunction()

# mailspec_test(<room> SOURCES <file>... [USES <room>...] [LIBRARIES <target>...]): one test program, each of
# its tests known to ctest by its own name.
function(mailspec_test name)
    cmake_parse_arguments(test "" "" "SOURCES;USES;LIBRARIES" ${ARGN})
    add_executable(test_${name} ${test_SOURCES})
    foreach(used IN LISTS test_USES)
        target_link_libraries(test_${name} PRIVATE mailspec_${used})
    endforeach()
    target_link_libraries(test_${name} PRIVATE mailspec_options ${test_LIBRARIES} GTest::gmock GTest::gtest_main)
    target_compile_definitions(test_${name} PRIVATE MAILSPEC_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    add_test(NAME ${name} COMMAND test_${name} --gtest_brief=1)
    set_tests_properties(${name} PROPERTIES TIMEOUT 120)
endfunction()
