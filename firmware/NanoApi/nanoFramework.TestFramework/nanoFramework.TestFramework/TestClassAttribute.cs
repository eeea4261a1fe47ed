using System;

namespace nanoFramework.TestFramework
{
    public class TestClassAttribute : Attribute
    {
        public extern TestClassAttribute();

        public extern TestMethodAttribute GetTestMethodAttribute(TestMethodAttribute testMethodAttribute);
    }
}
