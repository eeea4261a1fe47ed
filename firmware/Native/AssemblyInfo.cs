using System.Reflection;

// Changes with every change of the methods' signatures or order; hardware/interop carries the same number.
[assembly: AssemblyNativeVersion("100.0.0.1")]
