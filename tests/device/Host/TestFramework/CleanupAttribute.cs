using System;

namespace nanoFramework.TestFramework
{
    /// <summary>Called once, after the tests of its class.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    public class CleanupAttribute : Attribute
    {
    }
}
