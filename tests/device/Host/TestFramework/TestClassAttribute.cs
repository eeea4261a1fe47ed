using System;

namespace nanoFramework.TestFramework
{
    /// <summary>A class that holds tests.</summary>
    [AttributeUsage(AttributeTargets.Class)]
    public class TestClassAttribute : Attribute
    {
    }
}
