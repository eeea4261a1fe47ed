using System;

namespace nanoFramework.TestFramework
{
    public class CleanupAttribute : Attribute
    {
        public extern CleanupAttribute();
    }
}
