using System;

namespace nanoFramework.TestFramework
{
    public class SkipTestException : Exception
    {
        public extern SkipTestException(string message = null, Exception innerException = null);
    }
}
